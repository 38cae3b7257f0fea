"""More given and family names of the region: evidence beside `lines.names`, never proof."""

PEOPLE = """
abaho abalo abayomi abba abdulazeez abdullahi abdulmalik abdulrazaq abdulsalam abena abenakyo
abiba abidemi abigael abimbola abiola abisola abosede abuga abwooli acaye acayo acen achebe
achieno adaeze adaku adanma adanna adaobi adaora adebanjo adebisi adebola adebowale adedapo
adedayo adedeji adegoke adeke adelaide adelakun adeleke adeline aden adeniji adeniran adeniyi
adeoye adepeju aderonke adesanya adesola adesuwa adetokunbo adetola adewole adewunmi adeyemo
adeyinka adhis adoch adokorach adunni adunola adyeri adyero afam afolayan afoma agaba agbaje
agboola aghogho agnetta agu ahimbisibwe ahmednoor aidan aina ainebyona aishat ajani ajibola ajok
ajoke akabueze akandwanaho akankunda akankwasa akeyo akida akiiki akinbode akindele akinfenwa
akinola akinwande akinwunmi akinyemi akiror akoko akol akong'o akot akpevwe akpos akullu akunna
alaba alade alal alani alanyo alao alaso albina alexia alobo alphonce alphonse aluma alupo amaechi
amaka amanya amarachi ambani ambetsa ambrose amenaghawon aminat amito amoding among amongi amongin
amony amooti amosi ampaire amuge amuron amusan anania anastacia anastasia anayo andama anek aneke
anena angelina angie angom anguyo aniekan anifowose anjeline annah anthonia anuli anuoluwapo
anyait apolo apolot apuuli arafa arap aremu arike arinze arnest arowolo aryemo asabe asake ascah
asekenye asenath ashiru ashley ashura asiku assenga asumpta atanas ateenyi ategeka athuman atim
atinuke atoo attah atuku atukunda atwine atwoki audrey augustine augustino aurelia auwal avelina
awor ayaa ayella ayeni ayikoru ayinde ayoade ayobami ayomide ayotunde azabo azeez azizi azubuike
azuka babagana babajide babalola bagonza bainomugisha bakar bakari balarabe balikuddembe balozi
baluku bamgbose bamidele bamwine banjo banke bankole barigye barnaba bartholomew baryamureeba
bashaija bashir bashiru basirat batuli bayo bbosa bella belle benedict benedicta benjie beno
bernice betsy bett bibiana bidemi biira bilkisu bimbo bimkubwa bimpe biodun birungi bishar bisi
bisola bitrus biubwa boaz bochaberi bogere bola bolaji bolanle boluwatife bose bosede bosibori
brigid bryan bukar bukenya bukirwa bukky bulle busayo busingye bwari byamugisha byamukama caleb
calistus camilla candace candia candiru careen carlton casper cecil celina cephas chande charo
chausiku chege chela chemtai chepkemoi chepkirui cheptum cherotich chiamaka chibueze chibuike
chibundu chibuzo chibuzor chidera chideraa chidiebere chidimma chidozie chiedu chiemeka chigozie
chijindu chijioke chikezie chikondi chiku chilongani chimamanda chimezie chinaza chinelo chinenye
chinwe chinwendu chinyere chioke chisimdi chizoba christabel christabell christina chukwuebuka
chukwuka chukwuma chukwunonso clarence claudia cleopatra cletus clive coker colleta collette
conjesta conrad coretta cornel crispin crispus cucu cynthiah cyprian cyril dabira dahir dahiru
daisy dalmas dama damaris damas dami damian danford daniela daphne daramola dauda daudi ddamulira
debby debola debra deka dele demilade denis denno denzel deo deogratias deogratius deola devota
diallo dida dideolu diego dike diriye dismas dogara dolapo dolphine domitila donatus dora doricas
dotto doyin draku drani draru driciru dunia dunni dupe ebby ebele ebiere echezona edet edgars
edidiong edina edmond edmund edosa efemena efosa egbe eguono egwu ehigie ehis ejiro ejoku ejovi
ekaette ekai eket ekiru ekong ekpen ekpenyong ekundayo ekwaro ekwaru ekwueme elia elibariki
elikana elina elly elvin emanuel emelda emem emmaculate emmanueli enahoro enid eniola enitan
enobong epimack erastus ernesta ernestine eseosa esha esi esosa essien ester esteri ethan etim
etinosa etyang eucabeth euphemia evance everlyne ewere eyaru eyitayo eyo ezati ezeh ezenwa ezeugo
ezinne fabian fadekemi fadhila fagbemi faida faiza fajobi falana fanuel faraji fardosa fardowsa
farhan farhiya faridah farouk fasanya fatai fathiya fatina fatou fatouma fausat fausta faustin
faustine felistus feranmi feyi feyisayo fidel fidelis fikiri firdaus fola folasade folashade
folorunsho folorunso frances francisca franklin fredrick fredy frida fumilayo funmilola funsho
furaha gachie gaddafi gakii gambo gaspar gatwiri gaudencia gaudensia gbadamosi gbemi gbemisola
gbolahan genevieve geofrey gerishom gertrude gesare getrude ghati gicheru gideons gisela gitahi
githiomi godana godbless gode godspower goni gonza goretti grayson guka gure guyo gwarzo gwen
habil habu hafidh hafsa hafsat halake halfani halilu halimah halimat halimatu hamdi hamidu hamisu
hanan hanifa hanna hansel harold hasina hassana hauwau hawi hedwig hemedi herieth herman hezron
hibo hidaya hikma hilary hildah hiram hodan horace husein husna hussaina hyacinth ibidapo ibidun
ibironke idah idara iddi idongesit ifedayo ifeoluwa ifrah ifunanya ify igbinedion igho ikechi
ikechukwu ikem ikenga ikeoluwa ikram ilham iliyasu iloka imalingat iman imaobong imasuen imelda
imoh inaya inemesit iniobong intisar inuwa inviolata iqra irabor iredia ireti iroegbu isabel
isabella isack isah isaya ishaq ishengoma ishola isibor isingoma isioma ismael ismahan isoken
issack isyaku ithungu itohan itoro itunu ivone ivonne iwara iwu iyamu iyanu iyiola iyobosa
izuchukwu izunna jabali jabir jabu jadesola jael jafar jairus jaiyeola jalia jameela jamilah
jamilu jamleck janeth jannet jaoko jasmin jasmini jastus javan jebet jecinta jedidah jelagat
jemimah jenifer jenipher jepchirchir jeptoo jerono jerop jerotich jesca jescah jibril jimale jimoh
joachim joackim joash jobita jocelyn joha johari jokia jonas joni josephina josiah josphat joyline
judah judas julie julieth jummai jumoke justine kabagambe kabanda kabatooro kabir kabira kabugho
kabugi kabugo kachi kadija kadiri kadogo kagaruki kagiri kagunda kaguru kahindi kaijage kaingu
kajuna kakooza kakuru kalama kalekye kalimanzila kalisa kalule kalume kalungi kalyango kamal
kamana kambi kambili kambua kamoni kamugisha kamya kanana kanario kanayo kange kangethe kangogo
kansiime kaosara kaosi kapesi karambu karima karimu karisa karugu karwitha kasim kasimu kasongo
kassim kassimu katende katongole katumba katunge katushabe katusiime kauthar kaveke kawawa kawira
kayode kayongo kazeem kazimoto kelly kemigisha kemirembe kene kenga kenyangi keter keziah khadijah
khadijat khadra khalayi khalfan khalif khalifa khasandi khatib khavetsa khayesi kheri kiambi
kiarie kibwana kiconco kidawa kiende kigotho kigozi kihato kikelomo kilasi kileo kilonzi kiluwa
kimaiyo kimambo kimeli kimeu kimondo kimotho kingu kipkurui kiplimo kipngetich kipruto kipsang
kiptoo kiragu kirika kirunda kisaka kisakye kisanga kisekka kitaka kithure kitili kitsao kituku
kivuyo kiwanuka kobia kofi kofoworola koigi koki kokwe kolade kolapo kolawole komugisha komuhangi
konchora korede kosi kosisochukwu kosoko kugonza kulola kulwa kundu kunguru kusemererwa kuya
kwagala kwamba kwame kwandikwa kweka kwesi kwesiga kyagulanyi kyarimpa kyeyune kyomugisha laban
ladidi lami lamin lamunu lara laraba lateef latifa latifah latifat lawanson lawi leila lekishon
lekuton lelei lemayian lenah lengai leparan leshan lewa leyla lilia lindah livingstone lizzy
lochab lodenyo loise lokwang lola lolade lolosoli lomongin lomuria lonah losike lotyang lowassa
lucie lugano lugola lukas lukumay luoga luqman luseno lusike lutfia lutta luyombo lwanga lydiah
maalim mabinti mabirizi mabula macha machage machibya machimu madaraka maduhu maganga magdalena
magembe magesa maggy maghanga magoti magreth mahad mahenge mahiri maigari maikudi maingi maish
maiyo makanga makinde makoye makumbi makungu malaika malecela malewa malika malima malinga malisa
malugu mamman manase mandela mang'eni mansoor mansur mariamu maribe marko marriam marvin marwan
maryamu marystella masaba masalu masatu masereka masud masumbuko mataka matano mathayo mathias
mathu matilda matilde matovu matrida maulid maulidi mawazo mawia maymuna mayowa mbaabu mbadiwe
mbae mbakwe mbambu mbaraka mbaruk mbatha mbeyu mbilinyi mbinya mbogo mboje mbong mbowe mbula mburu
mbwana mekatilili melvin meme merceline mercyline mesaidi mfon mfonobong mgbafor mgbeke mhagama
mhoja micah micheni michuki migwe migwi mihayo minayo miriti mish mishi mkamba mkami mkasi mkenya
mlekwa mlongo mmari mnyazi mobolaji modesta modupe mohammad mohamud mojeed mojisola mokeira mokua
mongare monique monsurat mope morara morayo morgan moriamo morris mosaku moshi mosunmola motunrayo
mpagi mpanga mrisho msaki msekwa mshale mtemi mtende mtenga mubarak mubiru muchiri mudavadi mudi
mueni mugabi muganga mugendi mugerwa mugisa mugume mugure muhairwe muhangi muhereza muhindo muhsin
muhumuza muhwezi muibi muinat mujuni mukabi mukhtar mukiibi mukiri mukonyo muktar mukundi mukwano
mulei mulindwa mulongo mumba muna munene munga mungai munialo munira munyao munyiva munyoki munyua
muraguri murega murimi murugi murugu muruli musiime musili musimbi musisi mussa mutabazi
mutagahywa mutalemwa mutanu mutembei mutesi mutethia mutheu muthiani muthike muthomi mutiga
mutisya mutonyi mutuma mutwiri mutyaba muyanja muyiwa mwachia mwadzombo mwai mwaikambo mwakibete
mwakio mwakipesile mwalukasa mwambire mwampashi mwamvua mwanahawa mwanaidi mwanajuma mwanakombo
mwanamisi mwanamkasi mwanatumu mwandawiro mwandosya mwandu mwania mwanjala mwantumu mwanzia
mwaringa mwasiti mwatela mwazuna mwebaze mwenda mwero mweru mwesige mwigulu mwihaki mwikamba mwine
mwinyihaji mwinzi mwirigi mwololo nabakooza nabatanzi nabawanuka nabila nabukeera nabulime nabunjo
nabunya nabwami nabwire nachami nadzua nafisa nafisat nafiu nafsi naftali nafuna nagawa nagila
nagujja naila naima naisiae najat najjemba najjuma najma nakabugo nakafeero nakamya nakasi
nakawuki nakayima nakayiza nakazibwe nakibuule nakiganda nakiru nakirya nakitende nakitto nakiwala
nakku nakyanzi nalukwago nalule nalweyiso nalwoga namaganda namakula namalwa namara namata
namazzi nambooze namirembe namuddu namugga namukwaya namuli namutebi namuyanja nanfuka nangila
nangiro nannozi nantale nantume nanyama nanyokia nanyonga naom nasambu nashipae nashon
nasieku nasinyari nasir nasiru nasma nassim nassor nassoro nassuuna natembea nathaniel nato nawal
nayiga ndagire ndaki ndanu ndeti ndibalekera ndidi ndiema ndifreke ndinda ndiritu nduati ndugai
nduka nduku ndukwe ndunge nduta nduva nekoye nelima newton ng'eno ngassa ngatia ngeno ngimbwa
ngina ngowa ngozichukwu ngoziem ngozika ngumbao ngunjiri ngure nguru ngwandu nicholaus nicodemus
nicolas nife nimo nimusiima nipher niyi njathi njehu njiru njoku nkatha nkechinyere nkeiru
nkemdilim nkemjika nkirote nkiru nkoli nkwabi nma nnaemeka nnenna nnenne nneoma noni nonso noor
novatus nsikan ntambi ntekim nthambi nthenge nthenya nuhu nwabueze nwafor nwakaego nwamaka nwaneri
nwokedi nyachae nyagaka nyaguthie nyakaisiki nyakato nyakundi nyambane nyamongo nyamweya nyanda
nyandika nyanduko nyangoma nyaribo nyariki nyasuguta nyiva nyoni nzeogwu nzilani nzisa nzuki
obafemi obala obama obare obel obiageli obioma obiora obong obure ocaya ochan ochaya ochen ochola
ochuodho ocitti odari odeny odida odili odion odira odit odokonyero odong odongkara odumegwu
odunsi odur odusanya ofor ofure ogal ogbonna ogbu ogbuefi ogembo ogeto oghene oghenekaro
oghenetega ogie ogunsola oguntade ogwal ogwang ohis ojara ojo okabe okal okanlawon okechukwu okelo
okema okemwa okeny okereke okezie okhai okidi okiya okolie okong'o okpako okpara okumbe okwudili
okwuosa olabisi oladapo oladimeji olaitan olajumoke olakunle olamide olang olanrewaju olanya
olaoluwa olara olayemi olecha olonana oloya oloyede oluchi oludare olufemi olufunke olufunmi
olufunmilayo olugbenga olumuyiwa oluoch olusegun oluwadamilola oluwafemi oluwakemi oluwatobi
oluwatoyin oluwole omara omary ombaso ombeva omboga ombogo omobolanle omoding omolara omony
omoregie omorodion omoruyi omotayo omotola omotoso omowunmi omulo omurwa onabanjo onajite onaolapo
onchiri onek onekalit onen ongaro onono onsongo onuora onyait onyebuchi onyekachi onyema onyiego
onyinye onyinyechi onyonka onyuna onzima opanga opeyemi opira opoka opolot orach oracha oreoluwa
oriedo orikiriza orimba oringa orwa osadebe osagie osagiede osahon osamudiamen osaretin osaro
osarumwense osasu osayi osazee osazuwa oseghale osemwegie oseni oshin osiemo osita osogo otachi
otai otema othman otto otu otwoma otwori oundo ouru oviawe ovie owade owembabazi owenga owie owori
owot oyaro oyat oyebanji oyedele oyelade oyewole oyier oyin oyindamola oyinkan oyinlola oyoo
ozioma ozoemena pacifica pam parsalaw parsaloi pascalia paschal pasha patroba pauli paulina paulo
pauni pelumi pendeza petro petronilla phabian phelister phelix philister placid placidus polycarp
priscah protus puritie qassim rabia rabiu rachid radhia rafiu rahim rahima rakiya ralph ramatu
rania ranti rasaq rashida rashidi rayan razak redempta redemptah reginald rehani renson restituta
revocatus rhodah richmond riham rilwan risikat riziki robai roda rodah rogers rojas romana ronah
rosebell rosebella roseline rosina rosinah rozina rozy rufai rufus rugunda ruhakana rukundo rumba
ruqaya ruqayyah rutto ruwa ruwaida rwakitarate rwegasira rwehumbiza ryan ryoba saad saada sabato
sabiha sabiiti sabo sabra sadick sadiq sadiya safia safiya sagir saheed sahra saitoti sakinat
salako salama salha salisu sally salmin salum salumu samantha sambala samia saminu samweli
sanaipei sanmi santa sarafina sarakikya saratu sarone saruni sauda saum sayi scholastica
scholastika scola sebastian segilola sekandi sekitto selemani seline semakula semeni semiu
semwogerere sengerema seni serah seraphine serwadda seth shabiri shadya shaffi shafi shakila
shakirat shamsi shani shantel sharif sharifa shariff sharlene shaz shedrack shehe shekue sherifat
shigela shighadi shigongo shija shikanda shila shirley shittu shiundu shobande shola shomari
shonibare shosh shukri shukuru sidi sidney sifa sifon sigei sikiru sikudhani sikuku siloma simba
simbi simbiri simeon simi simion simwa sinaida sinda sinmi siprosa sitawa sitta situma siwema sly
sodipo sodiq soita sokoine soludo somto sopuru sospeter sowande spencer ssebagala ssebo
ssebuggwawo ssebuliba ssekamatte ssekandi ssekitoleko ssemanda ssempala ssemwanga ssenkungu
ssenyonga ssenyonjo sserwadda ssewanyana stacey stanslaus stevo subira subomi sudi sulaiman
sulemani sumaiya sumaye sungu sunmisola surajo susanna susy suzana swabira swabra swafiya swalha
swaumu syokau syombua tahir taita talaa talib tamara tamima tanei tanimu tanko taofeek taratisio
tariq tasiu taye tecla teclah tega temidayo temilade temiloluwa temitayo teniola teodori terry
thabiti thaddeus thembo theo theresia theuri thiong'o thirikwa thomasi thureya thuwaiba tiamiyu
tibaijuka tibenda tibenderana tijani timina tindyebwa titilayo titilope tito tobenna tobiloba
tochukwu tokini tola tolani tolulope toluwalase tomi tomiwa toni tonkei tosh tosin toyin toyosi
trizah truphena tsuma tugume tukahirwa tukamuhebwa tuku tukur tulia tumsifu tumuhimbise tumwebaze
tumwesigye turphosa turyahabwa turyasingura tushabe twaha twalib twesigye twikirize twinamatsiko
twinomujuni uba ubah ubong uchechi udeh udeme udofia udoh udoka uduak ufuoma ugochinyere ugonna
uju ukachukwu ukamaka ukpong uledi umaira umaru umazi umeadi umi ummi umulkheir unwana unyime urio
uroki usen usi ustadha utibe uwaifo uwem uyai uyi uzo uzochukwu vaati valary velma venant
veneranda veralyn vernon veronicah vestina vianney vicent victorina vihenda vinny vivianne
vivienne voke vugutsa vumilia vusha wabwire waceke wachira wachuka wada wagathwa wagura wahab
wahito wahu waigwa waihiga wainaina wairegi wairuri waita waithanje waititu waiyaki wakaba wakesho
wakio wakonyo waleed walid walusimbi wamala wamaya wambere wamboi wambura wamucii wandia wang'ombe
wangila wangombe wanini wanjama wanyoike wanza wanzala warda warioba warui wasike wasiu waswa
wathika waturi wavinya wawira wawuda wayua wekhomba werema willis winfrida wunmi wuraola wycliffe
xavier yaa yahaya yakobo yakub yaro yarow yasmin yassin yassir yator yau yejide yewande yomi yunis
yusra yussuf yusta yusuff yusufu yvette zablon zabron zahir zahra zahran zaina zaitun zaki zakia
zamaradi zamu zamzam zara zarika zebedayo zebedeo zedekiah zeinab zeituni ziada zikora zilpa
zilpah zimamu zubairu zubeida zubeir zuhra zulai zulaihat zuleika zulfa zulpha zziwa
"""
