"""The closed word classes of the one-line parser, in English, Swahili, Sheng and Pidgin.

Only classes that a language keeps closed stand here: verbs of billing, connecting words, measures,
markers of price, date, tax and discount, courtesies. What is sold and who buys is open, and is
judged by evidence.
"""


def word_set(words: str) -> frozenset[str]:
    """The words of a blank-separated list."""
    return frozenset(words.split())


# -- billing ------------------------------------------------------------------------------------
BILL = word_set(
    "invoice invoices inv invo bill bili billi ankara invoisi lipisha mlipishe wlipishe nilipishie "
    "mlipishie walipishe mdai mdaie umdai nidaie charge mcharge chaji mchaji toza mtoze mtozee "
    "andikia mwandikie muandikie waandikie mwandikishe tunandikia bil biil"
)
BILL_OBJECT = word_set(  # these take the person as their object, without a preposition
    "bill lipisha mlipishe wlipishe mlipishie walipishe mdai mdaie umdai charge mcharge chaji "
    "mchaji toza mtoze mtozee andikia mwandikie muandikie waandikie mwandikishe bil biil"
)
BILL_LONG = (  # long enough for a typing slip to be told from another word
    "invoice",
    "ankara",
    "lipisha",
    "mlipishe",
    "mwandikie",
    "andikia",
)
NOT_BILL = word_set(
    "invite voice invoke involve andika andikisha lipishwa change askara akaunti ankle"
)
INVOICE_NOUN = word_set("invoice invoices inv invo bill bili billi ankara invoisi")
HELP_VERBS = word_set(
    "send tuma tumia nitumie mtumie nisaidie nisaidia saidia niandikie andika make create generate "
    "prepare draft write raise issue do open toa nitolee tengeneza nitengenezee mtengenezee fanya "
    "weka nipe give peleka mpelekee nifanyie niwekee fungua naomba nataka ningependa tunaomba "
    "piga andaa andaeni chonga tunga ombi want need would like can could you help hebu tafadhali please pls plz plss kindly "
    "abeg biko naweza unaweza tumpe tumpatie mpe mpatie lets let's tumia pelekea nahitaji "
    "remember put record book log enter capture nauza ninauza tunauza nimeuza niliuza tumeuza tuliuza "
    "tutumie mtumieni tumieni wezi ungenisaidia chora chapa rusha dunga"
)
FILLERS = word_set(
    "weh weeh omo hi hello hey hallo halo helo habari mambo niaje sasa vipi sema poa morning afternoon evening "
    "good asubuhi mchana jioni boss bosi bro brathe buda rada mzito mkuu kiongozi chief oga madam sir "
    "rafiki msee maze manze wasee dear team bot bili bwana shikamoo oya yo ok okay okey sawa haya "
    "well thanks thank asante ahsante sana tu basi pia ebu aki jamani ndugu yangu kaka dada "
    "sister brother o oo na and then "
    "hii hiyo hizi ni iko this is these here's heres here a an the new mpya mimi me i i'd id my "
    "for to kwa ya with us sisi wangu nyingine another one quick haraka just "
    "u una thx tnx aje semaje ati xaxa yoh yooh niambie mnaonaje inakuaje kaka wangu fam kaveve "
    "nae naye ndio ndiyo yes now it its it's so us"
)
SOFT_FILLERS = word_set(
    "iko ni is are zote tafadhali please pls plz kindly asante thanks thank sana "
    "only thx tnx boss bro sawa ok okay tu basi mkuu abeg o maze manze"
)
TO = word_set("kwa to")
CLIENT_LABELS = word_set("client customer mteja buyer mnunuzi kastoma")
STORY = word_set(
    "took takes taken bought buys collected got picked ordered purchased borrowed owes owe amechukua "
    "alichukua amenunua alinunua amebeba alibeba amekopa alikopa ameagiza aliagiza wamechukua "
    "walichukua wamenunua wamekopa anadaiwa wanadaiwa "
    "carry buy collect"
)
STORY_TO = word_set(
    "sold sell gave given supplied delivered nimemuuzia nilimuuzia nimewauzia tumemuuzia "
    "nimempatia tulimpa nilimpa nimempa nimewapa tumempa nimemkopesha nimeuzia niliuzia tumeuzia"
)

HELPERS = word_set("don has have had wey who")  # before the verb of a story

# -- connecting words -----------------------------------------------------------------------------
LINK = word_set(
    "of ya za wa la cha vya kwa for ni is at on in"
)  # goes when next to something removed
OF = word_set("of ya za wa la cha vya")
FOR = word_set("for ya za kwa la cha wa vya")
AND = word_set("na and & plus pia")
ARTICLES = word_set("a an the")
BARE_COUNTERS = word_set("pcs pc pce x qty quantity units unit pieces piece idadi")
EACH = word_set("each ea apiece")
KILA = word_set("kila per @kila")
TOTAL = word_set("total jumla zote totals totaling totalling altogether yote vyote zoteni wote")
CURRENCY_WORDS = {
    "ksh": "KES",
    "kshs": "KES",
    "kes": "KES",
    "kenyan": "KES",
    "tsh": "TZS",
    "tshs": "TZS",
    "tzs": "TZS",
    "ugx": "UGX",
    "ush": "UGX",
    "ushs": "UGX",
    "ngn": "NGN",
    "naira": "NGN",
    "₦": "NGN",
    "usd": "USD",
    "dollar": "USD",
    "dollars": "USD",
    "dola": "USD",
    "bucks": "USD",
    "$": "USD",
    "eur": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "€": "EUR",
    "gbp": "GBP",
    "£": "GBP",
    "pounds": "GBP",
    "zar": "ZAR",
    "rwf": "RWF",
    "ghs": "GHS",
    "ghc": "GHS",
    "cedi": "GHS",
    "cedis": "GHS",
    "₵": "GHS",
}
OWN_CURRENCY = word_set("sh shs bob shilingi shilling shillings shiling shilings /= /-")
SUFFIX_ONLY = word_set(
    "bob naira dollar dollars dola bucks euro euros pounds cedi cedis shilingi shilling "
    "shillings shiling shilings kenyan"
)

# -- measures and containers: a count of these is a quantity, the word stays in the description ----
MEASURES = word_set(
    "bag bags sack sacks kg kgs kilo kilos kilogram kilograms gram grams g litre litres liter "
    "liters ltr ltrs lt lts l ml metre metres meter meters m mtr mtrs cm mm ft feet foot inch inches "
    "yard yards mile miles km kms ton tons tonne tonnes hr hrs hour hours day days week weeks month "
    "months night nights minute minutes min mins session sessions trip trips crate crates tray trays "
    "carton cartons ctn ctns box boxes packet packets pkt pkts pack packs bottle bottles can cans tin "
    "tins jar jars jerrican jerricans jerrycan jerrycans drum drums bucket buckets bundle bundles "
    "bunch bunches bale bales roll rolls ream reams sheet sheets set sets pair pairs dozen dozens "
    "doz gross plate plates cup cups glass glasses bowl bowls loaf loaves slice slices bar bars tube "
    "tubes sachet sachets tub tubs lorry lorries load loads truck trucks trolley wheelbarrow-load "
    "acre acres sqm sqft copy copies head heads batch batches case cases bouquet bouquets basket "
    "baskets barrel barrels gallon gallons visit visits lesson lessons class classes person persons "
    "people pax guest guests shift shifts round rounds "
    "mfuko mifuko gunia magunia kilogramu lita mita pakiti pakti katoni boksi maboksi sanduku "
    "masanduku kreti makreti trei matrei chupa debe madebe ndoo fungu mafungu kifurushi vifurushi "
    "bando mabando jozi pea seti dazeni dazani karatasi-tupu mkungu mikungu kikapu vikapu mzigo "
    "mizigo rola marobota robota beli gogo saa masaa siku wiki mwezi miezi usiku safari kipande "
    "vipande sahani kikombe vikombe glasi bakuli mkebe mikebe kopo makopo tani dumu madumu galoni "
    "fremu roli tripu paketi pakeji ekari futi inchi kichane vichane tenga matenga rim rimu shada "
    "strip strips punnet punnets pallet pallets coil coils reel reels spool spools heap heaps "
    "mashada kipimo bunda mabunda kasha makasha mche kijiko vijiko mtungi mitungi"
)
GLUED_MEASURES = word_set(
    "kg kgs g gm gms l lt ltr ltrs ml cl m mtr mtrs cm mm ft in hr hrs km kms gb mb tb w kw v ah mah "
    "inch hp kva t sqm sqft pkt pkts days day weeks wk wks month months min mins pax dozen doz bags "
    "pc pcs pce x units pairs"
)
COUNTED_GLUED = word_set(
    "hr hrs km kms days day weeks wk wks month months min mins pax dozen doz bags "
    "pkt pkts pairs mtr mtrs"
)  # never the size of a thing
SIZE_ONLY = word_set("g gm gms ml cl cm mm in inch gb mb tb w kw v ah mah hp kva ft")
MODEL_HEADS = word_set(
    "iphone galaxy samsung tecno infinix itel nokia redmi xiaomi huawei pixel oppo vivo playstation "
    "ps xbox form grade class std standard phase block house room plot no number size route windows "
    "office section apartment flat type level term lot ward gate page chapter version series model "
    "hp dell lenovo canon epson macbook ipad zone stage floor suite stall kidato darasa nyumba chumba "
    "namba nambari toleo muhula hatua unit part channel bay shed"
)
BRANDS = word_set(  # a number behind these is a model more often than a count
    "iphone galaxy samsung tecno infinix itel nokia redmi xiaomi huawei pixel oppo vivo playstation ps "
    "xbox"
)
SERIES = word_set(  # between a brand and its model: redmi note 12, infinix hot 30, tecno spark 10
    "note hot spark smart camon pop reno zero phantom mi pro max plus mini lite tab nova pad watch"
)
ATTRIBUTES = word_set(  # never counted by themselves: a 7 seater sofa, a 3 burner cooker
    "seater seaters burner burners tier tiers storey storeys storied ply star wheeler stroke speed"
)
CYLINDERS = word_set("gas gesi cylinder mtungi mitungi")  # sold by the size of the cylinder
ROOMS = word_set("bedroom bedrooms bedroomed")
PIECED = word_set("suit suits set sets sofa dinner bedding bikini costume puzzle")
VAGUE = word_set(
    "few several some kadhaa chache couple many nyingi mingi wachache machache vichache "
    "michache baadhi various kidogo"
)
ABOUT = word_set(
    "about around approx approximately roughly kama takriban karibu almost nearly circa"
)
CORRECTION = word_set(
    "sorry samahani pole oops actually wait namaanisha hapana ama-pole correction"
)
OR = word_set("or au ama to")
PRICE_WORDS = word_set("price bei cost costs costing gharama thamani worth rate amount kiasi rates")

# -- dates ----------------------------------------------------------------------------------------
WEEKDAYS = {
    name: day
    for day, names in enumerate((
        "monday mon jumatatu jtatu",
        "tuesday tue tues jumanne jnne",
        "wednesday wed weds jumatano jtano",
        "thursday thu thur thurs alhamisi alhamis",
        "friday fri ijumaa ijuma furahiday",
        "saturday sat jumamosi jmosi",
        "sunday sun jumapili jpili",
    ))
    for name in names.split()
}  # fmt: skip
MONTHS = {
    name: month
    for month, names in enumerate((
        "january jan januari",
        "february feb februari",
        "march mar machi",
        "april apr aprili",
        "may mei",
        "june jun juni",
        "july jul julai",
        "august aug agosti",
        "september sep sept septemba",
        "october oct oktoba",
        "november nov novemba",
        "december dec desemba disemba",
    ), start=1)
    for name in names.split()
}  # fmt: skip

# -- names --------------------------------------------------------------------------------------
HONORIFICS = word_set(
    "mr mrs ms miss dr doctor dkt bi bw prof daktari profesa bwana bibi madam mme"
)
PARENTS = word_set("mama baba")
TITLES = (
    HONORIFICS
    | PARENTS
    | word_set(
        "kina akina mzee mwalimu mwl teacher pastor pst rev reverend fr father bro brother sis sister alhaji alhaja "
        "hajj haji hajia sheikh shekhe chief engineer eng engr hon mheshimiwa captain capt nurse aunty "
        "auntie uncle mjomba shangazi bibie fundi kaka dada oga madame bishop askofu padre imam ustadh kapteni nahodha wakili mhandisi "
        "mchungaji st saint sir major colonel judge advocate barrister"
    )
)
ORG_HEADS = word_set(
    "hotel hoteli duka shule kampuni kanisa msikiti chuo hospitali zahanati kliniki saluni baa bar "
    "benki chama kikundi mkahawa shirika taasisi familia ofisi kioski studio club school church "
    "hospital clinic ministry university college sacco supermarket cafe restaurant resort lodge "
    "salon kiosk gereji wizara jumuiya mgahawa idara timu team bank estate villa camp kijiji kituo kiwanda soko"
)
ORG_TAILS = word_set(
    "ltd limited co company enterprises enterprise traders trading hardware stores store shop "
    "supermarket mart minimart supplies suppliers agencies agency holdings sons brothers bros "
    "investments ventures solutions technologies salon saloon spa barbershop kinyozi boutique hotel "
    "hotels lodge resort restaurant cafe café bakery bakers butchery pharmacy chemist clinic hospital "
    "dispensary school schools academy college university institute primary secondary kindergarten "
    "church ministries mosque parish convent sacco bank chama farm farms dairy motors garage "
    "logistics safaris foundation trust association society club gym studio studios bookshop cyber "
    "fashion fashions designs tailors kiosk plaza towers apartments estates properties contractors builders distributors wholesalers "
    "associates partners advocates caterers group plc inc llc & international sisters daughters "
    "works yard depot agrovet workshop nursery grocers grill eatery pub inn suites centre center hub court villas guesthouse daycare duka "
    "government council orphanage cathedral temple fellowship cooperative factory mill mills millers "
    "dairies estate joint base hub corner point spot ss sss lounge bistro palace creations collections interiors couriers breweries diocese "
    "mission bureau chambers consultants auctioneers movers"
)
STRONG_TAILS = word_set(
    "ltd limited plc inc llc sons enterprises traders sacco co company bros "
    "holdings ventures associates"
)
