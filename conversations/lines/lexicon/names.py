"""Given and family names of Kenya, Tanzania, Uganda and Nigeria."""

from conversations.lines.words import word_set

NAMES = word_set("""
aaron abaho abalo abayomi abba abby abdallah abdi abdirahman abdul abdulazeez abdulkadir abdulkarim
abdullah abdullahi abdulmalik abdulrahman abdulrazaq abdulsalam abel abena abenakyo abiba abidemi
abigael abigail abimbola abiodun abiola abisola abosede abraham abubakar abuga abwooli acan acaye
acayo acen achan achebe achieng achieno achola aciro adaeze adaku adam adamu adan adanma adanna
adaobi adaora adebanjo adebayo adebisi adebola adebowale adedapo adedayo adedeji adegoke adeke
adekunle adelaide adelakun adeleke adeline ademola aden adeniji adeniran adeniyi adeola adeoye
adepeju aderemi aderonke adesanya adesina adesola adesuwa adetokunbo adetola adewale adewole
adewunmi adeyemi adeyemo adeyinka adhiambo adhis adoch adokorach adong adongo adrian adunni adunola
adyeri adyero afam afolabi afolayan afoma agaba agatha agbaje agboola aghogho agnes agnetta agu
aguta ahimbisibwe ahmed ahmednoor aidan aina ainebyona ainebyoona ainembabazi aisha aishat ajani
ajayi ajibade ajibola ajok ajoke akabueze akampurira akande akandwanaho akankunda akankwasa akello
akena aketch akeyo akida akiiki akilah akinbode akindele akinfenwa akinola akintola akinwale
akinwande akinwunmi akinyemi akinyi akiror akoko akol akong'o akot akoth akpan akpevwe akpos akullu
akunna akyoo alaba alabi alade alal alan alani alanyo alao alaso albert albina alex alexander alexia
alfred ali alice aliyu allan allen alobo alphonce alphonse aluma aluoch alupo alvin amadi amaechi
amaka amani amanya amarachi ambani amber ambetsa ambrose amelia amenaghawon amina aminat aminu amir
amito amoding amolo amondi among amongi amongin amony amooti amos amosi ampaire amuge amuron amusan
amy anania anastacia anastasia anayo andama andrea andrew anek aneke anena angel angela angelina
angeline angie angom anguyo aniekan anifowose anita anjeline ann anna annabel annah anne annet
annette anthonia anthony antony anuli anuoluwapo anyait anyango anyanwu apio apiyo apolo apolot
apondi apuuli arafa arap aregbesola aremu arike arinaitwe arinze arnest arnold arowolo arthur aryemo
asabe asake ascah asekenye asenath asha ashiru ashley ashura asiimwe asiko asiku asma assenga
asumpta asuquo atanas ateenyi ategeka athman athuman athumani atieno atim atinuke atoo attah
atuhaire atuku atukunda atwine atwoki audrey audu august augustine augustino auma aurelia austin
auwal avelina awino awolowo awor awuor ayaa ayako ayebare ayella ayeni ayikoru ayinde ayo ayoade
ayobami ayodele ayomide ayoola ayotunde ayub azabo azeez azikiwe aziz aziza azizi azubuike azuka
babagana babajide babalola babangida babatunde babirye babra bagonza bahati bainomugisha bakar
bakari bala balarabe balikuddembe balogun balozi baluku bamgbose bamidele bamwine banda banjo banke
bankole baraka barasa barbara barigye barnaba bartholomew baryamureeba bashaija bashir bashiru basil
basirat bassey batuli bayo bbosa beatrice becky belinda bella belle bello ben benard benedict
benedicta benjamin benjie beno benson bernard bernice bertha besigye beth betsy bett betty beverly
bibiana bidemi biira bilal bilha bilkisu bimbo bimkubwa bimpe biodun birungi bishar bisi bisola
bitrus biubwa biwott blessing boaz bochaberi bogere boke bola bolaji bolanle boluwatife bonface
boniface bosco bose bosede bosibori bosire brandon brayo brenda brian bridget brigid brown bruce
bryan buhari bukar bukenya bukirwa bukky bukola bulle bundi busayo busingye bwambale bwari bwire
byamugisha byamukama byaruhanga caleb calistus calvin calvince camilla candace candia candiru careen
caren carlos carlton caro carol caroline casper cate catherine cathy cecil cecilia celestine celina
cephas chacha chande charity charles charlotte charo chaula chausiku chebet chege chela chelimo
chemtai chepkemoi chepkirui chepkoech chepngetich cheptoo cheptum cherono cherop cherotich cheruiyot
chesang chiamaka chibueze chibuike chibundu chibuzo chibuzor chidera chideraa chidi chidiebere
chidimma chidinma chidozie chiedu chiemeka chigozie chijindu chijioke chika chike chikezie chikondi
chiku chilongani chima chimamanda chimezie chinaza chinedu chinelo chinenye chinonso chinwe
chinwendu chinyere chioke chioma chisimdi chisom chizoba chloe chris christabel christabell
christian christina christine christopher chukwu chukwudi chukwuebuka chukwuemeka chukwuka chukwuma
chukwunonso ciku claire clara clarence claudia clement cleopatra cleophas cletus clinton clive coker
colleta collette collins conjesta connie conrad consolata coretta cornel cornelius cosmas crispin
crispus cucu cynthia cynthiah cyprian cyril cyrus dabira dahir dahiru daisy dalmas dama damaris
damas dami damian damilola dan danford dangote daniel daniela danjuma danladi daphne dapo daramola
dauda daudi dave david davis davy dayo ddamulira debby debola deborah debra deka dele demilade denis
dennis denno denzel deo deogratias deogratius deola derek derrick desmond devota diallo diana
dickson dida dideolu diego dike dinah diriye dismas dogara dolapo dolphine dominic domitila donald
donatus dora dorcas doreen doricas doris dorothy dotto douglas doyin draku drani draru driciru dube
duncan dunia dunni dupe duru ebby ebele ebenezer ebere ebiere ebube ebuka echezona eddie eddy edet
edgar edgars edidiong edina edith edmond edmund edna edosa edward edwin efe efemena effiong efosa
egbe eguono egwu ehigie ehis ejike ejiro ejoku ejovi ekaette ekai ekanem ekene eket ekiru ekong
ekpen ekpenyong ekpo ekundayo ekwaro ekwaru ekwueme elia elias elibariki elijah elikana elina elisha
eliud elizabeth ellen elly elsie elvin elvis emanuel emeka emelda emem emily emma emmaculate emmah
emmanuel emmanueli enahoro enid eniola enitan enobong enock ephraim epimack erastus eric erick
ernest ernesta ernestine esau ese eseosa esha esi esnath esosa essien ester esteri esther ethan etim
etinosa etyang eucabeth eugene eunice euphemia eva evaline evance evans evelyn everline everlyne
ewere eyaru eyitayo eyo ezati eze ezeh ezekiel ezekwesili ezenwa ezeugo ezinne ezra fabian fadekemi
fadhila fadhili fagbemi faida faisal faiza fajobi falana fanuel farah faraja faraji fardosa fardowsa
farhan farhiya farida faridah farouk faruk fasanya fashola fatai fathiya fatima fatina fatma fatou
fatouma fatuma fausat fausta faustin faustine fauzia felicia felista felistus felix femi feranmi
ferdinand festus feyi feyisayo fidel fidelis fikiri fiona firdaus flavia flora florence fola folake
folarin folasade folashade folorunsho folorunso frances francis francisca franco frank franklin fred
freda frederick fredrick fredy frida fridah fumilayo funke funmi funmilayo funmilola funsho furaha
gabriel gachanja gachie gachoki gad gaddafi gakii gakuru gambo garba gaspar gatheca gathogo gathoni
gaturo gatwiri gaudencia gaudensia gbadamosi gbemi gbemisola gbenga gbolahan genevieve geoffrey
geofrey george gerald geraldine gerard gerishom gertrude gesare getrude ghati gicheru gichuki
gichuru gideon gideons gift gikonyo gilbert gisela gitahi gitau githae githinji githiomi gitonga
gladys gloria godana godbless gode godfrey godspower godwin goni gonza goodluck gordon goretti grace
grayson gregory guka gure guyo gwarzo gwen habiba habibu habil habu hadija hadiza hafidh hafsa
hafsat halake halfani halilu halima halimah halimat halimatu hamad hamadi hamdi hamida hamidu hamisi
hamisu hamza hanan hanifa hanna hannah hansel harold harriet harrison harry harun haruna hashim
hasina hassan hassana haule hauwa hauwau hawa hawi heather hedwig helen helena hellen hemedi henry
herbert herieth herman hersi hesbon hezron hibo hidaya hikma hilary hilda hildah hillary hiram hodan
hope horace hosea howard humphrey husein husna hussain hussaina hussein hyacinth ian ibidapo ibidun
ibironke ibrahim ibukun ida idah idara iddi idongesit idowu idris idrissa ifeanyi ifedayo ifeoluwa
ifeoma ifeyinwa ifrah ifunanya ify igbinedion igho igwe ijeoma ike ikechi ikechukwu ikem ikenga
ikenna ikeoluwa ikram ilham iliyasu iloka imalingat iman imani imaobong imasuen imelda immaculate
imoh imran inaya inemesit iniobong innocent intisar inuwa inviolata inyang iqra irabor iredia irene
ireri ireti iris iroegbu iroha irungu isa isaac isabel isabella isack isah isaiah isaya ishaq
ishengoma ishola isibor isingoma isioma ismael ismahan ismail isoken issa issack isyaku ithungu
itohan itoro itunu ivan ivone ivonne ivy iwara iwu iyabo iyamu iyanu iyiola iyobosa izuchukwu izunna
jabali jabir jabu jack jackie jackline jackson jacob jacqueline jadesola jael jafar jafari jairus
jaiyeola jalia jama jamal jameela james jamila jamilah jamilu jamleck jamo jane janet janeth jannet
jaoko japhet jared jasmin jasmine jasmini jason jasper jastus javan jay jayden jean jebet jecinta
jedidah jeff jeffrey jelagat jemima jemimah jenifer jenipher jennifer jenny jepchirchir jeptoo
jeremiah jerono jerop jerotich jerry jesca jescah jesse jessica jessy jibril jide jill jim jimale
jimmy jimoh joachim joackim joan joanna joash job jobita jocelyn joel joha johana johari john
johnson johnstone jokia jonah jonas jonathan jones joni joram jordan joseph josephat josephina
josephine joshua josiah josphat joy joyce joyline judah judas jude judith judy julia julian juliana
julie juliet julieth julius juma jummai jumoke justin justina justine justus kaaya kabagambe kabanda
kabatooro kabir kabira kabiru kabogo kabugho kabugi kabugo kabui kabuye kachi kadija kadiri kadogo
kadzo kagai kagaruki kaggwa kagimu kagiri kagunda kaguru kagwe kahiga kahindi kaijage kaimenyi
kaingu kairu kajuju kajuna kakooza kakuru kalama kalekye kalimanzila kalisa kalu kalule kalume
kalungi kalyango kama kamal kamana kamande kamau kambi kambili kambua kamene kamoni kamotho
kamugisha kamya kanana kanario kanayo kange kangethe kangogo kaniki kanini kanja kansiime kanyi
kanze kaosara kaosi kapesi kapinga karambu karani karanja karen karim karima karimi karimu karisa
kariuki karoki karuga karugu karume karwitha kasim kasimu kasongo kasozi kassim kassimu kasule
kasyoka katana kate katende kathure kato katongole katumba katunge katushabe katusiime kauthar
kavata kaveke kavishe kawawa kawira kawuma kayode kayondo kayongo kazeem kazimoto kazungu kehinde
keino kelechi kelly kelvin kemboi kemi kemigisha kemirembe kemunto ken kene kenga kennedy kenneth
kenyangi kenyatta kerubo kessy keter kevin kevo keziah khadija khadijah khadijat khadra khaemba
khalayi khalfan khalid khalif khalifa khamala khamis khan khasandi khatib khavetsa khayesi kheri
khisa kiambi kiarie kibaki kibe kibet kibwana kiconco kidawa kiende kigen kiggundu kigotho kigozi
kihara kihato kiilu kikelomo kikwete kilasi kileo kilewo kilonzi kilonzo kiluwa kim kimaiyo kimambo
kimani kimaro kimathi kimberly kimeli kimeu kimondo kimotho kimsh kimutai kingu kinuthia kinyanjui
kinyua kioko kipchoge kipkemboi kipkorir kipkurui kiplagat kiplimo kipngetich kiprono kiprop
kiprotich kipruto kipsang kiptoo kirabo kiragu kirika kirimi kirui kirunda kisaka kisakye kisanga
kisekka kisilu kitaka kiteme kitheka kithure kitili kitsao kituku kivuyo kiwanuka kizito kizza kobia
kobusingye koech kofi kofoworola koigi koki kokwe kolade kolapo kolawole komakech komba komugisha
komuhangi konchora koome korede korir koros kosgei kosi kosisochukwu kosoko kristen kugonza kulola
kulwa kundu kunguru kunle kuria kusemererwa kuya kwagala kwamba kwamboka kwame kwandikwa kweka kwesi
kwesiga kyagulanyi kyalimpa kyalo kyambadde kyando kyarimpa kyeyune kyomugisha kyomuhendo laban ladi
ladidi ladipo lagat laizer lakot lameck lami lamin lamunu lamwaka langat lanre lara laraba larry
lateef latifa latifah latifat laura lavender lawal lawan lawanson lawi lawrence leah leila lekan
lekishon lekule lekuton lelei lema lemayian lenah lengai lenox leo leonard leonida leparan leshan
leticia levi lewa lewis leyla lilia lilian lillian limo linda lindah linet linus lisa livingstone
liz lizzie lizzy lochab lodenyo lois loise lokwang lola lolade lolosoli lomongin lomuria lonah lorna
losike lotyang louis louise lowassa lubega lubwama lucas lucia lucie lucy lugano lugola lukas luke
lukumay lukwago lule luoga luqman luseno lusike lutaaya lutfia lutta luvai luyombo lwanga lyatuu
lydia lydiah lyimo maalim mabel mabinti mabirizi mabonga mabula macha machage machange macharia
machibya machimu machoka mackenzie madaraka madueke maduhu maduka maganga magara magdalena magdalene
magembe magesa maggie maggy maghanga magoti magreth magufuli mahad mahenge mahiri mahmoud maigari
maikudi maimuna maina maingi maish maiyo majaliwa makame makanga makau makena makinde makokha
makonda makori makoye makumbi makungu malaika malecela malewa malik malika malima malinga malisa
malkia mallya malombe malugu mambo mamman manase mandela mang'eni mansoor mansur manyara maore
mapunda maranga marcus margaret maria mariam mariamu maribe mariki marion mark marko marriam martha
martin marvin marwa marwan mary maryam maryamu marystella masaba masalu masanja masatu masereka
masika masinde masoud massawe masud masumbuko mataka matano materu mathayo matheka mathenge mathew
mathias mathu mati matilda matilde mato matovu matrida matthew maulid maulidi maundu maureen maurice
mauricia mavis mawazo mawia max maxwell mayanja maymuna mayowa mbaabu mbabazi mbadiwe mbae mbah
mbakwe mbambu mbarak mbaraka mbaruk mbatha mbeyu mbilinyi mbinya mbise mbithi mbogo mboje mbong
mbowe mboya mbugua mbula mbunda mburu mbuthia mbwambo mbwana mekatilili melissa melody melvin meme
merab merceline mercy mercyline mesaidi meshack mfinanga mfon mfonobong mgaya mgbafor mgbeke mgonja
mhagama mhando mhina mhoja micah michael michelle micheni michuki migwe migwi mihayo mike mildred
milka millicent milton minayo minja miriam miriti mish mishi mkamba mkami mkapa mkasi mkenya mkwawa
mlay mlekwa mligo mlongo mmari mnyazi mobolaji modesta modupe mogaka mohamed mohammad mohammed
mohamud moi mojeed mojisola mokaya mokeira mokua mollel molly momanyi mongare monica monique
monsurat mope moraa morara morayo morgan moriamo morris mosaku mose moses moseti mosh mosha moshi
mosunmola motunrayo moureen moyo mpagi mpanga mrema mrisho msaki msekwa mshale msigwa msuya mtemi
mtende mtenga mtui mubarak mubiru muchiri mudavadi mudi mueni mugabi mugambi muganga mugendi mugerwa
mugisa mugisha mugo mugume mugure muhairwe muhammad muhangi muhereza muhindo muhsin muhumuza muhwezi
muibi muigai muinat muiruri mujuni mukabi mukami mukasa mukhtar mukhwana mukiibi mukiri mukisa
mukonyo muktar mukundi mukwano mulei mulenga muli mulindwa mulongo mulwa mumba mumbi mumbua mumo
muna munene munga mungai munialo munira munyao munyiva munyoki munyua murage muraguri murega
muriithi murimi muriuki muriungi murtala murugi murugu muruli musa musau musembi museveni mushi
musiime musili musimbi musisi musoke mussa mustafa mustapha musyoka musyoki mutabazi mutagahywa
mutai mutalemwa mutanu mutebi mutegi mutembei mutesa mutesi mutethia muteti muthama muthee mutheu
muthiani muthike muthoka muthomi muthoni muthui mutiga mutinda mutiso mutisya mutonyi mutua mutuku
mutuma mutunga muturi mutwiri mutyaba muwanga muwonge muyanja muyiwa mwachia mwachiro mwadime
mwadzombo mwai mwaikambo mwaipopo mwajuma mwakalinga mwakasege mwakibete mwakio mwakipesile mwakyusa
mwalukasa mwamakula mwamba mwambene mwambire mwampashi mwamvua mwana mwanahamisi mwanahawa mwanaidi
mwanaisha mwanajuma mwanakombo mwanamisi mwanamkasi mwanatumu mwandawiro mwandosya mwandu mwangangi
mwangi mwania mwaniki mwanjala mwanri mwantumu mwanzia mwaringa mwas mwasiti mwasumbi mwatela mwaura
mwazuna mwebaze mwenda mwende mwendwa mweni mwero mweru mwesige mwesigwa mwesigye mwigulu mwihaki
mwikali mwikamba mwine mwinyi mwinyihaji mwinzi mwirigi mwita mwiti mwololo mwongeli myra nabakooza
nabatanzi nabawanuka nabila nabirye nabukeera nabukenya nabulime nabunjo nabunya nabwami nabwire
nachami nadia nadzua nafisa nafisat nafiu nafsi naftali nafula nafuna nagawa nagila nagujja nahashon
naila naima naisiae najat najjemba najjuma najma nakabugo nakafeero nakalema nakamya nakanwagi
nakasi nakato nakawuki nakayima nakayiza nakazibwe nakhumicha nakibuuka nakibuule nakiganda nakimuli
nakiru nakirya nakitende nakitto nakiwala nakku nakyanzi naliaka nalubega nalukwago nalule nalwanga
nalweyiso nalwoga namaganda namakula namalwa namara namata namazzi nambi nambooze namirembe namubiru
namuddu namugga namukasa namukwaya namuli namusoke namutebi namuyanja nancy nanfuka nangila nangiro
nanjala nankya nannozi nansubuga nantale nantongo nantume nanyama nanyaro nanyokia nanyonga naom
naomi nasambu nashipae nashon nasieku nasimiyu nasinyari nasir nasiru nasma nasra nassali nassim
nassir nassor nassoro nassuuna natasha natembea nathan nathaniel nato natukunda nawal nayiga nchimbi
ndagire ndaki ndanu ndegwa nderitu ndeti ndibalekera ndidi ndiema ndifreke ndinda ndirangu ndiritu
ndlovu ndolo ndosi nduati ndugai nduka nduku ndukwe ndunge ndungu nduta nduva ndwiga neema nehemiah
nekesa nekoye nelima nelly nelson newton ng'eno ngala nganga ngari ngassa ngatia ngeno ngetich ngige
ngimbwa ngina ngonyani ngowa ngowi ngozi ngozichukwu ngoziem ngozika ngugi ngumbao ngunjiri ngure
nguru nguyo ngwandu nicholas nicholaus nick nickson nicodemus nicolas nicole nife nimo nimrod
nimusiima ninsiima nipher niyi njagi njambi njathi njau njehu njenga njeri njeru njiru njogu njoki
njoku njoro njoroge njuguna njuki nkatha nkechi nkechinyere nkeiru nkem nkemdilim nkemjika nkirote
nkiru nkoli nkwabi nma nnaemeka nnamdi nneka nnenna nnenne nneoma nnko noah noel noni nonso noor
nora norah norman novatus nsikan nsubuga ntale ntambi ntekim nthambi nthenge nthenya nthiga ntinyari
nuhu nur nura nuru nuwagaba nwabueze nwachukwu nwafor nwakaego nwamaka nwaneri nwankwo nwokedi nwosu
nwoye nyaboke nyachae nyaga nyagaka nyaguthie nyaguthii nyakaisiki nyakato nyakio nyakundi nyamai
nyambane nyambura nyamhanga nyamongo nyamweya nyanchama nyanda nyandika nyanduko nyangau nyangoma
nyaribo nyariki nyasuguta nyawira nyerere nyiva nyokabi nyongesa nyoni nzeogwu nzilani nzioka nzisa
nzomo nzuki obadiah obado obafemi obala obama obara obare obasanjo obel obi obiageli obiero obinna
obioma obiora obong obonyo oboth obure ocaya ocen ochan ochaya oche ochen ochieng ochola ochuodho
ocitti odari odeny odera odero odhiambo odida odili odinga odion odira odit odoki odokonyero odong
odongkara odongo odoyo odukoya odumegwu odunsi oduor odur odusanya ofor ofure ogada ogal ogbonna
ogbu ogbuefi oge ogechi ogembo ogeto oghene oghenekaro oghenetega ogie ogola ogunbanjo ogundipe
ogunleye ogunsola oguntade ogutu ogwal ogwang ohis ojara ojo ojok ojwang okabe okafor okal okanlawon
okechukwu okeke okello okelo okema okemwa okeny okereke okey okeyo okezie okhai okidi okinyi okiya
okolie okon okong'o okonkwo okorie okoro okot okoth okoye okpako okpara okuku okumbe okumu okurut
okwudili okwuosa olabisi oladapo oladele oladimeji oladipo olaitan olajumoke olakunle olamide olang
olango olaniyan olanrewaju olanya olaoluwa olara olatunji olawale olayemi olayinka olecha oliver
olivia olonana oloo oloya oloyede olu oluchi oludare olufemi olufunke olufunmi olufunmilayo
olugbenga olumide olumuyiwa oluoch olusegun oluwadamilola oluwafemi oluwakemi oluwaseun oluwatobi
oluwatoyin oluwole olwal omar omara omari omary ombaso ombati ombeva omboga ombogo ombui omobolanle
omoding omolara omollo omolo omondi omony omoregie omorodion omoruyi omotayo omotola omotoso
omowunmi omulo omurwa omwamba onabanjo onajite onaolapo onchiri ondi ondieki onditi onek onekalit
onen onesmus ongaro ongeri onome onono onsongo onuoha onuora onwuka onyait onyancha onyango
onyebuchi onyeka onyekachi onyema onyiego onyinye onyinyechi onyonka onyuna onzima opanga opeyemi
opio opira opiyo opoka opolot opondo orach oracha oreoluwa oriedo orikiriza orimba orina oringa orji
orwa oryem osadebe osagie osagiede osahon osamudiamen osaretin osaro osarumwense osas osasu osayi
osaze osazee osazuwa oscar oseghale osemwegie oseni oshin oshodi osiemo osinbajo osita osman osogo
osoro otachi otai otema othman oti otiende otieno otim otis otto otu otwoma otwori ouko ouma oundo
ouru oviawe ovie owade owembabazi owenga owie owino owiti owolabi owori owot owuor oyaro oyat
oyebanji oyedele oyedepo oyelade oyelaran oyewole oyier oyin oyindamola oyinkan oyinlola oyoo oyugi
ozioma ozoemena pacifica palangyo pallangyo pam pamela parsalaw parsaloi pascal pascalia paschal
pasha patel patience patricia patrick patroba paul paula pauli paulina pauline paulo pauni pelumi
pendeza pendo penina peninah peninnah peris perpetua peter petro petronila petronilla phabian
phanice phelister phelix pheobe philemon philip philister phillip philomena phiri phoebe phyllis
pius placid placidus polly polycarp prince prisca priscah priscilla protus prudence puritie purity
qassim queen quinter rabia rabiu rachael rachel rachid radhia radido rael rafiu rahab rahel rahim
rahima rahma rajab rajabu rakiya ralph ramadhan ramadhani ramatu ramla rania ranti raphael rasaq
rasheed rashid rashida rashidi rayan raymond razak rebecca redempta redemptah regina reginald rehani
rehema remi renson restituta reuben revocatus rhoda rhodah ricardo richard richmond riham rilwan
risikat risper rita riziki robai robert robin roda rodah rodgers roger rogers rojas roland romana
ronah ronald ronke ronny rono rosa rosalia rosaline rose rosebell rosebella roseline roselyne
rosemary rosina rosinah rotich rotimi roy rozina rozy ruben rufai rufus rugunda ruhakana rukia
rukundo rumba rupia ruqaya ruqayyah ruth ruto rutto ruwa ruwaida rwabwogo rwakitarate rwegasira
rwehumbiza ryan ryoba saad saada sabato sabiha sabiiti sabina sabo sabra sade sadia sadick sadiki
sadiq sadiya safia safina safiya sagir saheed sahra said saida saidi saitoti sakinat salako salama
salami salat saleh salha salim salima salisu sally salma salmin salome salum salumu sam samantha
sambala samia saminu samira samoei samson samuel samwel samweli sanaipei sandra sang sanga sani
sanmi sanni santa sanusi sanyu sara sarafina sarah sarakikya saratu sarone saruni sauda saum saumu
sayi scholastica scholastika scola sebastian segilola segun seif sekandi sekitto selemani selina
seline selma semakula semeni semiu semwogerere sengerema seni serah seraphine serem serwadda seth
seun shaban shabani shabiri shade shadrack shadya shaffi shafi shah shakila shakira shakirat shamim
shamsa shamsi shani shantel sharif sharifa shariff sharlene sharon shayo shaz shedrack shehe shehu
sheikh sheila sheilah shekue sherifat sherry shigela shighadi shigongo shija shikanda shiko shikuku
shila shirima shirley shiro shiru shish shittu shiundu shobande shola shomari shonibare shosh shukri
shukuru sidi sidney sifa sifon sigei sikiru sikudhani sikujua sikuku silas siloma silvester silvia
simba simbi simbiri simeon simi simion simiyu simon simwa sinaida sinda singh sinmi siprosa sitati
sitawa sitienei sitta situma siwema sly smith sodipo sodiq sofia soita sokoine sola solomon soludo
somto sophia sophie sopuru sospeter sowande soyinka spencer ssali ssebagala ssebaggala ssebo
ssebuggwawo ssebuliba ssebunya ssekamatte ssekandi ssekitoleko ssemakula ssemanda ssempala ssempijja
ssemwanga ssenkungu ssentongo ssenyonga ssenyonjo sserunjogi sserwadda ssewanyana stacey stacy
stanley stano stanslaus stella stephanie stephen steve steven stevo subira subomi sudi sulaiman
suleiman suleman sulemani sultani sumaiya sumari sumaye sunday sungu sunmisola surajo susan susana
susanna susy suzan suzana swabira swabra swafiya swai swaleh swalha swaumu sylvester sylvia syokau
syombua tabitha tade tahir taita taiwo talaa talib tamara tamima tanei tanimu tanko tanui taofeek
taratisio tarimo tariq tarus tasiu tatiana tausi taye taylor tayo tecla teclah teddy tega temba temi
temidayo temilade temiloluwa temitayo temitope teniola teodori teresa teresia terry thabiti thaddeus
thadeus thembo theo theodora theresa theresia theuri thiong'o thirikwa thomas thomasi thuku thuo
thureya thuwaiba tiamiyu tibaijuka tibenda tibenderana tiffany tijani tim timina timothy tindyebwa
tinubu titi titilayo titilope tito titus tobenna tobi tobias tobiloba tochukwu tokini tokunbo tola
tolani tolu tolulope toluwalase tom tomi tomiwa toni tonkei tony tope toroitich tosh tosin towett
toyin toyosi tracy trevor trizah truphena tsuma tugume tukahirwa tukamuhebwa tuku tukur tulia
tumaini tumsifu tumuhairwe tumuhimbise tumusiime tumwebaze tumwesigye tumwine tunde tunji tunu
turphosa turyahabwa turyasingura tushabe tusiime tuwei twaha twalib twesigye twikirize twinamatsiko
twinomujuni uba ubah ubong uche uchechi uchenna udeh udeme udo udofia udoh udoka uduak ufuoma ugo
ugochi ugochinyere ugonna ugwu uju ukachukwu ukamaka ukpong uledi umaira umar umaru umazi umeadi
umeh umi ummi umoh umulkheir unwana unyime upendo urassa urio uroki ursula usen usi usman usoro
ustadha utibe uwaifo uwais uwem uyai uyi uzo uzochukwu uzoma vaati valary valentine valerie vanessa
velma venant veneranda vera veralyn vernon veronica veronicah vestina vianney vicent vicky victor
victoria victorina vihenda vincent vinnie vinny viola violet virginia vitalis vivian vivianne
vivienne voke vugutsa vumilia vusha wabwire waceke wachira wachuka wada wafula wagathwa wagura wahab
wahito wahome wahu waiganjo waigwa waihiga wainaina wairagu wairegi wairimu wairuri waita waithaka
waithanje waithera waititu waiyaki wakaba wakesho wakio wakonyo wale waleed walid walter walusimbi
wamae wamaitha wamala wamalwa wamaya wambere wamboi wambua wambugu wambui wambura wamucii wamuyu
wandera wandia wang'ombe wangare wangari wangechi wangeci wangila wangombe wangui wanini wanja
wanjala wanjama wanjiku wanjiru wanjo wanjohi wanyama wanyoike wanyonyi wanza wanzala warda warioba
warsame waruguru warui wasike wasiu wasswa waswa wathika waturi wavinya waweru wawira wawuda wayua
wekesa wekhomba wendy were werema wesley wilberforce wilfred william williams willis willy wilson
winfred winfrida winnie winnifred winston wunmi wuraola wycliffe xavier yaa yahaya yahya yakobo
yakub yakubu yaro yarow yasin yasmin yassin yassir yator yau yegon yejide yemi yetunde yewande yinka
yohana yomi yunis yunus yusra yussuf yusta yusuf yusuff yusufu yvette yvonne zablon zabron zachariah
zachary zahara zahir zahra zahran zaina zainab zainabu zaitun zaituni zakaria zaki zakia zamaradi
zamu zamzam zara zarika zarina zawadi zebedayo zebedeo zedekiah zeinab zeituni zena ziada zikora
zilpa zilpah zimamu zingo zipporah zubairu zubeda zubeida zubeir zuberi zuhra zuhura zulai zulaihat
zuleika zuleikha zulekha zulfa zulpha zziwa
""")  # fmt: skip
