"""What small traders sell and do, in Swahili and the other languages around."""

from conversations.lines.words import word_set

SWAHILI_GOODS = word_set("""
abaya abayas ac ada adidas adire ads agbo air-filter airpods akamu alizeti amala amoxicillin ankara
antena antibiotics aproni ardhi ariel asali aso-oke asoebi asoke atiku axio ayran bafu bahasha
baibui baiskeli bajaji bajia bajias bakora bakuli-udongo balbu bamia bandani bandeji bandika bangili
bango barafu barakoa barbed-wire barua basi-hire bata bati batiki batiks bawaba beberu begi bembea
benchi beseni betri bhajia bhajias bia bic bilinganya bima binzari biometric biriani birika
biringanya biro biskuti bitumen bizari blanketi blauzi blueband bmw boda bodaboda boli bomba boriti
boti bournvita brashi breki brukutu buba bufee buibui buku bungo busaa busuti buti canon
certificates chai chain-link chaja chaki chakula chambo chandarua chang'aa changu chanjo chano
chanyanga chapati chapo chapos chati chenga chenza cherehani chetezo cheti chevda chin-chin chinchin
chinchins chipsi chokaa chomelea choo choroko chumba chumvi chungu chungwa chupi coke colgate
cornice corolla daftari dafu dagaa dania danzi darasa-ada dawa dawa-mimea dawati deejay demio dengu
dera dettol dhania dibaji dirisha dizeli dj dodo dripu drumsticks dstv duka-rent dulux earpiece eba
edikaikong ekyoto embe epson ewedu exercise-book fahali fanicha fanta fenesi feni fiber fielder
figili fila firigisi fiwi foronya fried-rice friji fufu fulana fundi gambuti gari gauni gazeti gesi
geti ghala ghana-weaving ghee giligilani gillette gin godoro gomesi gomesis gongo grili grisi gucci
guinness hafla halua halwa hariri harpic harusi hdd hdmi headtie heineken hema hereni hessian hiace
hijab hijabs hijabu hiliki hisense hoho huduma huggies iliki indomie injini iro isuzu jagi jelebi
jembe jenereta jeneza jik jiko jikokoa jiwe jodari jogoo juba juisi jukwaa kaa kabati kabeji kabichi
kaburi kachori kachri kachumbari kadi kaftan kahawa kahawia kaikai kaimati kalamu kamba kambale
kamera kandambili kande kandili kanga kanzu kapeti kaptula kaptura kapu karafuu karanga karatasi
karo karoti kashata kashida kasia kata katani katogo kawa kazi keke keki khaki khanga kiatu kiazi
kibali kibanda kibao kiberiti kibua kibuyu kidonge kifaranga kifungo kigae kigoda kijiko kiko kikoi
kikokotoo kilemba kilishi king'amuzi kinu kinyago kinyonga kiondo kioo kipindi kipuri kisima kisu
kitabu kitambaa kitanda kitasa kitenge kiti kitini kitumbua kitunguu kiwanja kiwembe kiyoyozi kochi
kodi kofia kokoto kolekole koleo kolinawa komeo kompyuta kondoo korosho kotex koti kozi kucha
kuchimba kuchomelea kuchonga kuchora kudarizi kufua kufuli kufyeka kuhamisha kujenga kuku kulima
kunde kungu kuni kunu kunyoa kupaka kupakua kupalilia kupamba kupiga kusafisha kushona kusuka kuta
kutengeneza kuvuna kyondo labaniyyah landcruiser laptopu lashes leseni lesi leso lesso lessos lg
limau lishe logistics lori luwombo maandazi mabafu mabakuli mabanda mabango mabati mabeberu mabegi
mabembea mabeseni mabirika mablanketi mablauzi mabomba mabomu maboriti mabuku mabuti mabuyu macbook
machenza machungwa madaftari madafu madanzi madawati madeli madera madini madira madirisha maembe
mafenesi maforonya mafremu mafunzo mafuta mafuta-gari mafuta-taa magambuti magari magauni magazeti
mageti magimbi magodoro magogo magongo magrili mahamri maharage maharagwe mahema mahindi maini
majagi majani majani-ng'ombe majembe majeneza maji maji-taka majiko majivu majogoo majuba makaa
makabati makaburi makala makapi makaptula makapu makasia makochi makomeo makoti makufuli malapa
malimau managu mananasi mandaazi mandazi mandizi manjano manukato mapambo mapaneli mapanga mapapai
maparachichi mapazia mapeasi mapeni mapera mapipa mapishi marashi marekebisho marikwama mashamba
mashati mashimo mashine mashua mashudu mashuka masinia masinki masomo mastafeli mastuli masufuria
masweta matairi matangazo matangi matango matanki mataulo matengenezo matibabu matikiti matisheti
matochi matofali matooke matoroli matumbo matunda maua mavazi mawe mawele mayai mazda maziwa mazulia
mbaazi mbao mbege mbegu mboga mbolea mbuta mbuzi mc mchanga mche mchele mchicha mchoro mchuzi
mdalasini meno mercedes meza mfereji mfuo mhuri mialiko miavuli miche michoro mifereji mihogo mihuri
mikanda mikate mikeka mikoba mikwiji milango milo minji mipira misalaba mishumaa misuko misumari
misumeno mitai mitamba mitandio mitaro mitego mitihani mito mitsubishi mitumba mitumbwi miwa miwani
mizinga mkaa mkanda mkate mkeka mkoba mkokoteni mkonge mkufu mkwiji mlango mnazi moi-moi moimoi
mpira msalaba mshumaa msingi msuko msumari msumeno mswaki mtama mtamba mtandio mtaro mtego mtihani
mtindi mto mtumbwi muarubaini muchomo muhindi muhogo mukene mursik mutura muwa muziki mvinyo mwaliko
mwarobaini mwavuli mzani mzigo-delivery mzinga nakati nanasi nauli nazi ndala ndama ndengu ndimu
ndizi ndoana ndoo-plastiki nduma nembo neti ng'ombe ngalawa ngano ngazi ngege ngisi ngoma ngombe
nguo nguruwe nguzo nike nissan nivea njahi njugu nondo nsenene nta nyama nyanya nyasi nyavu nyavuo
nyaya nyuma-mkokoteni nyumba nyundo nyungo nyuzi nywele ofada ogbono ogi oil-filter oili okada okpa
omelette omena osuji paa palm pamba pambo pampers pampu panadol pandisha panel-beating paneli panga
pango papa papai paracetamol parachichi pasi passion-fruit passo pazia peasi peni penseli pera
perege pest-control pete petroli peugeot picha pikipiki pilau pilipili pilsner pipa plagi plantain
plascon plasta poda pombe ponmo powerbank prado printa probox puma pumba punda pweza raba rafu
ramani ramtons rangi rasta receipts redio reki rikwama rimoti ripoti roofing-sheet royco
rubber-stamp rula ruler runinga saa-mkono sabuni sadolin safari-ticket saga sahani-udongo samadi
samaki sambusa samia sanamu sangara sare saruji satini sato saumu scania schnapps semina semovita
senator seng'enge sengenge seo seruali shajara shaki shamba shanga sharbati sharubati shati shayiri
shela sherehe shimo shoka shoki shuka shule-fees shumizi siagi sidiria simenti simsim simu sindano
sinia sinki sketi smokie sobo soda sofa soketi soksi somo sony soseji spea spika spinachi ssd
stafeli starlink stempu stika stima stockfish stoo stuli subaru sufuria suka sukari sukuma sungura
supu suruali suti suzuki sweta swichi taa taarifa tafsiri tai tairi tambi tangawizi tangazo tangi
tango tanki tarakilishi tarpaulin tarpaulins tasi taulo teksi televisheni tende terere tiketi tikiti
tilapia tisheti tochi tofali togwa toilet-seat topetope toroli toyota trekta tufaha tuiti tuition
tuktuk tunda tusker tuwo tvs uandishi uashi ubao ubuyu uchapaji uchapishaji uchimbaji uchomaji
uchomeleaji uchongaji uchoraji uchukuzi uchunguzi udarizi ufuaji ufugaji ufundi ufuta ufyekaji ugali
uhamishaji uhasibu ujenzi uji ukaguzi ukarabati ukataji ukodishaji ukodo ukuta ukwaju ulanzi ulezi
ulinzi uma umeme umwagiliaji unga ungo unyoaji unyunyiziaji uokaji upakaji upakiaji upaliliaji
upambaji upandaji upigaji upimaji upishi urembo usafi usafiri usafirishaji usambazaji usb useremala
ushauri ushonaji ushungi ushuru ususi utafiti utangazaji utengenezaji utunzaji uuzaji uvunaji uwele
uzi uzio vaseline vazi vesti vga viatu viazi viazi-karai vibali vibanda vibanzi vibao viberiti
vibuyu video vidonge vifaranga vifungo vigae vigoda vikoi vikokotoo vilemba ving'amuzi vinyago
viondo vioo vipeperushi vipimo vipindi vipodozi vipuri vipusa visheti vishikio visima visu vitabu
vitafunio vitambaa vitanda vitasa vitenge viti vitini vitumbua vitunguu vitz viwanja viwembe
viyoyozi voxy vyakula vyambo vyandalua vyandarua vyano vyerehani vyeti vyombo vyoo vyumba vyungu
wali waru wavu waya waybill weavon whitecap wigi wimbi wino wrapper yai zabibu zambarau zobo zuku
zulia
""")  # fmt: skip
