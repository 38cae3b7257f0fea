"""More given and family names of the region: evidence beside `lines.names`, never proof."""

PEOPLE = """
abaho abayomi abdulazeez abdulrazaq abenakyo abiba abidemi abigael abimbola abiola abisola abosede
abuga achieno adaeze adanna adaobi adaora adebisi adebola adedayo adelaide adeline adepeju
aderonke adesuwa adetola adeyinka adhis adokorach adunni agaba agbaje agnetta aidan ainebyona
aishat ajibola ajok akandwanaho akankwasa akeyo akiiki akinola akinwunmi akoko akol akong'o akot
akpos akunna alani albina alexia alobo alphonce alphonse alupo amaka amanya amarachi ambrose
amoding among amongi amooti ampaire amuge anastacia anastasia angelina angie anguyo aniekan
anjeline annah anthonia anuli anyait apolo apolot arafa arap arike arnest asabe asake asekenye
asenath ashiru ashura asumpta atanas ategeka atim atinuke attah atukunda atwine augustine
augustino aurelia avelina ayikoru ayinde ayoade ayomide azeez azizi babajide bagonza bainomugisha
bakari balikuddembe balozi bamidele bamwine banke bankole barigye bartholomew baryamureeba bashir
bashiru basirat batuli bayo bbosa bella belle benedict benedicta benjie bernice betsy bibiana
bimbo bimpe birungi bisola bitrus biubwa boaz bogere bolaji bolanle boluwatife bose bosede brigid
bryan bukenya bukirwa bukky bulle busayo busingye byamugisha caleb calistus camilla candace careen
carlton casper cecil celina cephas charo chausiku chepkemoi chepkirui cheptum cherotich chiamaka
chibuike chibuzo chidera chidiebere chidimma chiemeka chigozie chijioke chikondi chiku chinaza
chinelo chinenye chinwe chinwendu chinyere chisimdi chizoba christabel christabell chukwuma
chukwunonso clarence claudia cleopatra cletus clive colleta collette conjesta conrad coretta
cornel crispin crispus cynthiah cyprian cyril dabira dalmas damaris damas damian daniela dauda
daudi ddamulira debola dele demilade denno denzel deo deogratias deogratius deola devota diallo
dida dideolu diego dismas dolphine domitila donatus dora doricas dotto doyin draru dunia dunni
dupe ebby ebele ebiere edgars edidiong edina edmond edmund efosa egbe ehis ejiro ekaette ekai
ekiru ekong ekpenyong ekwaro elina elvin emanuel emelda emem emmaculate enid eniola enitan enobong
epimack erastus ernesta ernestine esha esteri ethan etim etinosa etyang eucabeth euphemia evance
ezenwa ezinne fabian fadekemi faida fanuel fardosa farhan farouk fatina fatou fatouma fausat
fausta faustin faustine felistus feyi feyisayo fidel fidelis firdaus fola folasade folorunsho
francisca fredrick frida fumilayo funmilola funsho gakii gatwiri gaudencia gaudensia gbemi
gbemisola gbolahan genevieve geofrey gerishom gertrude getrude ghati gideons gisela gitahi
githiomi godana gode godspower gonza goretti grayson guyo gwen habil hafsa hafsat halake halimat
halimatu hamdi hamidu hanifa hansel harold hasina hassana hauwau hawi hedwig herieth hezron hidaya
hildah hiram horace husna hyacinth ibidun ibironke idah ifedayo ifeoluwa ifunanya ikechukwu
ikeoluwa iman imelda imoh inemesit iniobong inviolata ireti isabel isabella isack isaya isingoma
isioma ismael isoken itohan ivone ivonne iyanu izunna jabali jabir jabu jafar jairus jamilah
jamleck janeth jannet jaoko jasmin jastus javan jecinta jedidah jemimah jenifer jenipher jerono
jerop jerotich joachim joackim joash jobita jocelyn joha jokia josephina josiah josphat joyline
judah judas julie julieth jummai jumoke justine kabanda kabir kabira kabugi kabugo kadiri kadogo
kaingu kajuna kakooza kakuru kalama kalekye kalisa kalume kalungi kalyango kamana kambi kambua
kamoni kamugisha kamya kanana kanario kange kangethe kansiime kaosara kapesi karambu karimu karisa
karwitha kasim kasimu kassim katende katongole katumba katunge katusiime kauthar kaveke kawira
kayode kayongo kazimoto kemigisha keziah khadijah khadijat khalif khalifa khatib khavetsa khayesi
kibwana kiconco kidawa kiende kigozi kiluwa kimaiyo kimeli kimotho kipkurui kipruto kipsang
kirunda kisaka kisakye kisanga kisekka kitaka kithure kitili kiwanuka kobia koki kokwe kolade
kolawole komugisha konchora korede kosi kosisochukwu kugonza kulola kulwa kunguru kusemererwa kuya
kwagala kwamba kwame kwesi kwesiga kyomugisha ladidi lami lamin laraba lateef latifa latifat lawi
leila lekishon lekuton lelei lemayian leparan leshan lewa lilia livingstone lochab lodenyo loise
lokwang lola lolade lolosoli lomuria lonah losike lucie lugano luqman lusike lutta lwanga lydiah
maalim mabinti mabirizi madaraka magdalena magembe magesa maghanga magreth mahad mahiri makanga
makungu malaika malewa malika manase mandela mang'eni maribe marko marriam maryamu marystella
masaba mataka matano mathias matilda matilde matovu mawazo mawia mbaruk mbeyu mbula mburu
mekatilili melvin merceline mercyline mesaidi mfon mfonobong mgbeke mhagama michuki migwi minayo
mkamba mkami mkasi mkenya mlekwa mlongo mnyazi mobolaji modesta modupe mohamud mojeed mojisola
mokeira mongare monique monsurat morgan moriamo mosunmola mpagi mpanga mrisho mshale mtemi mtende
mubiru mueni muganga mugerwa mugisa mugure muhangi muhumuza muhwezi muinat mujuni mukhtar mukiibi
mukiri mukonyo mukwano mulei mumba muna munene munyao munyiva murimi murugi muruli musiime musili
musimbi musisi mutanu mutesi mutethia mutheu muthiani mutonyi mutwiri mutyaba muyanja mwachia
mwadzombo mwakio mwanajuma mwanakombo mwanamisi mwanatumu mwandawiro mwania mwanjala mwanza
mwatela mwazuna mwebaze mwero mwesige mwihaki mwikamba mwinzi mwololo nabakooza nabatanzi
nabawanuka nabila nabukeera nabulime nabunya nabwami nabwire nachami nadzua nafisa nafisat nafsi
naftali nafuna nagawa nagila naima najma nakabugo nakafeero nakasi nakawuki nakayiza nakiganda
nakirya nakitto nakuru nalule nalweyiso namaganda namara namazzi nambooze namirembe namugga
namukwaya namutebi nangila nannozi nantale nantume nanyama nanyokia narok nasambu nashipae nashon
nasieku nassim nassoro natembea nathaniel nato nayiga ndagire ndanu ndidi ndiema ndinda nduku
nduta nekoye nelima ng'eno ngeno ngina ngowa ngozichukwu ngoziem nicholaus nicodemus nicolas nimo
nipher njehu njiru nkatha nkechinyere nkeiru nkemdilim nkirote nkiru nkoli nma nnenna nnenne nonso
novatus nsikan ntambi nthambi nthenya nwakaego nwamaka nyachae nyaguthie nyakato nyakundi nyamweya
nyandika nyanduko nyangoma nyariki nyasuguta nyiva nzilani nzisa nzuki obafemi obala obama obare
obel obiageli obioma obiora ocaya ochaya ochola ochuodho odari odeny odida odira odit odong
odongkara odur ofure ogal ogbonna ogembo ogeto ogwal ogwang ojara okabe okal okechukwu okema
okemwa okezie okidi okiya okong'o okumbe okwudili olabisi oladapo olajumoke olamide olara olayemi
olecha olonana oloya oluchi oludare olufemi olufunke olufunmi olufunmilayo olumuyiwa oluoch
olusegun oluwadamilola oluwafemi oluwakemi oluwatobi oluwatoyin omara ombaso ombeva omboga ombogo
omobolanle omoding omolara omotola omowunmi omulo omurwa onajite onaolapo onen onono onuora onyait
onyebuchi onyekachi onyinye onyinyechi onyonka onyuna opanga opolot oracha oriedo orimba orwa
osagie osaretin osaro osayi oseni osiemo osogo otai otto otwoma otwori ouru owade owenga owori
oyaro oyier oyin oyindamola oyinkan oyoo pacifica pam parsaloi pascalia pasha patroba pauni
pendeza petro phabian phelister phelix philister placid placidus priscah protus puritie rabia
rabiu rachid radhia rafiu rahim rahima ranti rasaq rashida rashidi redempta redemptah reginald
renson rhodah richmond risikat riziki robai rodah rogers rojas romana ronah rosebell roseline
rosina rozina rufus rugunda ruhakana rukundo rumba ruqayyah rutto ruwa ruwaida saada sabato sabiha
sabra sadick sadiq safia saheed sakinat salha salmin salum samweli sanaipei santa sarafina saratu
sarone saruni saum scholastica scola sekandi sekitto seline semakula semeni semiu semwogerere
serah seraphine serwadda shadya shaffi shafi shakirat shamsi shani sharif sharifa shariff shedrack
shehe shekue sherifat shighadi shikanda shila shukri shukuru sidi sidney sifa sigei sikiru
sikudhani sikuku siloma simbi simbiri simeon simi simion simwa sinaida sinda siprosa sitawa situma
sodiq soita somto sospeter ssebagala ssebo ssebuliba ssekandi ssekitoleko ssemwanga ssenyonga
ssenyonjo sserwadda ssewanyana subira sudi sungu sunmisola surajo susy swabra swalha swaumu taita
talaa tamara tamima tanei tanimu taofeek taratisio taye tecla teclah temidayo temilade temitayo
teniola teodori terry thabiti theo theuri thiong'o thirikwa thomasi thureya tibenda timina
tindyebwa titilayo titilope tito tobiloba tochukwu tokini tolani tolulope toluwalase tomiwa tonkei
tosin toyin tugume tuku tulia tumwebaze tumwesigye turphosa turyahabwa turyasingura twaha twalib
twesigye twinamatsiko ubong uchechi udeme uduak ufuoma ugochinyere ugonna ukamaka uledi umaru
umazi umi ummi umulkheir unyime usen usi ustadha utibe uwem vaati valary velma venant veralyn
veronicah vestina vianney vicent victorina vihenda vivianne vugutsa vusha wachira wachuka wagathwa
wagura wahu wainaina wairegi waita wakaba wakesho wakio wakonyo walid walusimbi wamala wamaya
wambere wamboi wambura wamucii wang'ombe wangombe wanini wanza wanzala wasiu waswa waturi wavinya
wawira wawuda wayua wekhomba winfrida wuraola wycliffe xavier yaa yakub yassin yassir yator yejide
yewande yomi yunis yusra yussuf yusufu zablon zahir zahra zahran zaina zaitun zaki zakia zamaradi
zamu zamzam zarika zebedayo zebedeo zedekiah zilpa zilpah zimamu zubairu zubeida zubeir zulaihat
zuleika zulfa zulpha zziwa
"""
