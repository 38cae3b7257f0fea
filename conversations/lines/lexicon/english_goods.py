"""What small traders sell and do, in English."""

from conversations.lines.words import word_set

ENGLISH_GOODS = word_set("""
abrasive accessories accommodation accounting acid acoustic acrylic adapter adapters adhesive
adhesives advert advertising aerial agbada agreement airbed aircon airtime akara alarm alarms album
albums alignment alloy alterations alternator aluminium ambulance american amplifier anchor
animation ankara-print annex antenna antibiotics apiary apples appliance apron aprons aquarium
arabic arch archway armchair armchairs art artwork artworks aso-ebi asphalt assembly assessment
audit auger avocado avocados awards awning axle baby backdrop backdrops backpack backpacks backup
bacon baggage bait bakery balcony ballast balloon balloons ballpoint balm bamboo banana bananas
bandage bandages banisters banner banners barbecue barbed barber bark barley barricade barricades
baseboard basin basins bass bathroom bathtub batteries battery bead beads beam beams beanbag beans
bearing bearings bed bedding bedroom beds bedsheet bedsheets beef beehive beehives beer beetroot
beetroots bell belt belts bench benches bib bibs bicycle bike bikes billboard billboards binding
bins biology birdcage birthday biscuit biscuits bitumen blade blades blanket blanketing blankets
blazer bleach bleaching blend blender blinds block blocks blouse blouses blower blue board boat
boats bobbin boda body bodywork boiler boilers bolster bolts bonnet book bookcase booking
bookkeeping books bookshelf bookshelves boot booth booths boots borders borehole botox bottling
boundary bow bowties boxing bra bracelet bracelets bracket brackets braids brake brakepads brakes
branded branding bras brass bread breakfast brew brick bricks bridal bride briquettes broadband
brochure brochures broiler broilers brooch brooder broom brooms brownies brush brushes buckles
buffet building bulb bulbs bulldozer bumper bumpers bun bunk bunker bunkers buns buoy burger burgers
burial burner burners bus business butchering butter button buttons cabbage cabbages cabin cabinet
cabinets cabins cable cables caddy cage cages cake cakes calculator calculators calendar calendars
calf calibration callout calves camcorder camera cameras camping candle candles canoe canopies
canopy canteen canvas canvases cap caps car caravan carbide card cardboard cardigan cardigans cards
cargo carpentry carpet carpets carriage carrier carrot carrots cart cartridge cartridges carts
carving carvings cashew cashews casing cask casket caskets cassava cassette cat catalogue catalogues
catering catfish cattle cauliflower cctv ceiling ceilings celery cellar cement ceramic cereal
cereals certificate cesspit chaff chain chainlink chains chainsaw chair chairs chalk chalkboard
chandelier chandeliers chapati chapatis charcoal charger chargers chart charts chassis chauffeur
checkup cheese cheeses chemical chemicals chemistry cherries chess chest chick chicken chickens
chicks chilli chimney chinese chipping chippings chips chisel chlorine chocolate chocolates chops
christening christmas chrome churn cider cinema circuit cistern cladding clamp clamps claw clay
cleaner cleaning cleanser cleanup clinker clipper clips cloak clock clocks cloth clothes clothing
cloths clove cloves clutch coach coaching coal coasters coat coats cobbler cocktail cocktails cocoa
coconut coconuts coffee coffin coffins coil coils cold-room coleslaw collar collars cologne colour
colouring comb combs comforter comic commercial commission compactor compass components compost
compressor compressors computer computers concrete conditioner conditioning cone conference confetti
connector connectors construction consultancy consultation consulting container cook cookbook
cookbooks cooker cookers cookies cooking coolant cooler coolers cooling coops coping copper
copywriting cord cordless cork corn cornflour cornrows corrugated cosmetics costume costumes cot
cots cotton couch couches counseling counselling couplings courier course courses cover covers cow
cowbell cowpeas cows crab crabs cracker crackers crane crayfish crayons cream creams creation creche
crib crochet crockery croissants crops crusher crushing crutches cucumber cucumbers cuff cuisine
cultivation cultivator cupboard cupboards cupcake cupcakes curling curriculum curry curtain curtains
cushion cushions custom cut cutlery cutters cutting cyclinder cylinder daily dairy dal damper
dashboard data database debranding debugging deck decking decoder decoders decor decoration
decorations deep-fryer deliverables deliveries delivery demolition denim dental dentures deodorant
deposit design designing designs desilting desk desks desktop dessert desserts detector detectors
detergent dewormer deworming diagnosis diagnostics diaper diapers diaries diary dictionary diesel
diet digger digging dining dinner diploma dips disc dish dishes dishwasher disinfectant disinfection
dispatch dispenser dispensers display divan divider diving diwali dj doctor dog dog-food dogs doll
dollies dolls dongle donkey donkeys donuts door doorbell doorframe doorframes doormat doors dosage
dough doughnuts dowel downlights downpipe drainage drains drapes drawer drawers drawing drawings
dress dresser dresses dressing dressings drill drilling drinks drip drips driver driving drone
drones drug drugs dryer dryers duck ducks dues dumbbells dump duplex dustbin dustbins dusters duvet
duvets dye dyeing earrings easter ebook editing egg eggs egusi eid elastic elbow elbows electrical
electrician electricity electrocution electrode electrodes electronics embroidery embryo emulsion
enamel enclosure engagement engine engines english engraving enrolment entertainment entrance
envelope envelopes epoxy equipment eraser erasers errand errands escort essays estimate event ewe
exam exams excavation excavator exercise exfoliation exhaust exhauster exhibition extension
extensions extinguisher extinguishers extract extractor eyebrow eyebrows eyeglasses eyelashes fabric
fabrication fabrics facade facial facials facilitation falsies fan fans fare farming fascia
fasteners faucet fax feathers fee feed feeder feeders feeds fees fence fencing fencing-wire ferry
fertiliser fertilizer fertilizers fibre fibreglass fig figurine file files filing filler fillets
filling film filter filters finance finger fingerlings fire fireplace firewood fish fishing fitting
fittings fixing fixture fixtures flag flags flakes flashdisk flask flasks flat fleece flex flier
flight flights flip-flops floodlight floodlights floor floorboards flooring florist flour flower
flowerpots flowers fluid flush flux flyer flyers foam foil folder folders foliar fondant food foods
football footrest footwear forage forex fork forklift forks formatting foundation foundation-works
fountain frame frames framing freezer freezers freight french fridge fridges fried fringe fruit
fruit-salad fruits fryer frying fuel fumigation funeral funnel fur furnishing furnishings furniture
fuse fuses game games gaming garbage gardening garland garlic garment garments garri gas gasket gate
gates gauges gauze gear gearbox gears gel gelatine gele generator generators genset geography german
giftbox gifts ginger ginger-tea girdle githeri glassware glazing glitter glove gloves glue gluing
glycerine goalpost goalposts goat goats goggles gold gourd gourds gown gowns grader grading
graduation grain grains granite granola grapes graphic graphics grass grate grater gravel gravestone
gravy grazing grease green greenhouse greenhouses greens grill grille grilles grinder grinders
grinding grit groceries grooming groundnut groundnuts grout guard guards guava guavas guide guitar
gum gum-boots gumboots gunny gutter guttering gutters gypsum haberdashery hair haircut haircuts
hairdo hairnets hairpiece hairpieces hairstyle hall ham hammer hammock hamper hampers handbag
handbags handbook handbooks handcraft handle handles handouts handrail handrails handset handsets
hanger hangers hardboard hardcore hardwood harness harvester harvesting hat hatchery hats haulage
hay hay-bales headboard headboards header headlamp headlight headlights headphones headscarf
headscarves headset headstone headwrap hearing-aid heater heaters heating hedge hedges heel heels
heifer heifers helmet helmets helpdesk hen henna hens herbal herbicide herbicides herbs herd herding
hide hiking hinges hire hiring history hive hives hoe hoes hog holster home homework honey honeycomb
hood hoodie hoodies hoods hook hooks hoop horn horns hose hoses hostel hosting house housekeeping
houses hull hulling human husks hydrant hygiene hymn ice icecream icing ignition implants incense
incinerator incubator incubators indian infusion inhaler injection injections injector ink inks
insecticide insecticides insoles inspection inspections installation insulating insulator insurance
intercom interior interlocking internet internship interpretation inverter inverters iron ironing
irons irrigation italian itinerary jacket jackets jackfruit jacks jam javelin jeans jembe jersey
jerseys jet jewellery jewelry jingle joinery joint joists jollof journals jug jugs juice juicer
juicers juices jumper jumpers kale kales kayak keg kegs kennel kennels kerosene ketchup kettle
kettles key keyboard keyholder keypad keys kikomando kiln kimono kiosk-fee kiswahili kit kitchen
kits kitten kiwi knee knife knitting knitwear knives knob knobs lab labels labor laboratory labour
lace lacquer ladder ladders ladle lager lamb laminate laminated laminating lamination lamp lamps
lampshade lampshades land landscaping lantern lanterns lanyard lanyards laptop laptops laser latex
latrine latrines laundering laundry lawnmower layer layers leads leaf leaflet leaflets lease leasing
leather leather-bag ledger legal legging leggings lemon lemonade lemons lending lens lenses lentils
lessons letter letterhead letterheads lettering lettuce levelling lever library licence license lid
lids lifejackets lift lifting ligament light lighter lighters lighting lights lime limestone linen
liner liners lingerie lining linoleum lip lipgloss lipstick liquid liquor liver livestock loaders
loading loaf lobster lock locker lockers locks lodging loft log logo logos logs lollipops loom
lotion lotions loudspeaker loudspeakers lounge lubricant lubrication luggage lumber lunch lunchbox
luncheon lunches lyrics maasai machete machetes machine machinery machines machining magazine magnet
magnets mahogany mailing maintenance maize make-up maker makeup malt management mandazi mandazis
mango mangoes mangos manicure mannequin mannequins manual manuals manure map marble marinade marker
markers marketing marking marquee masala mascara mask masks mason masonry massage mast mastering mat
mate material materials math mathematics maths matoke mats mattress mattress-protector mattresses
maxi meal meals measuring meat meat-mincer mechanic mechanical mechanism medal medals media medical
medication medicine medicines meeting melons membership memorial memory menu menus merchandise
merino mesh messaging metal metalwork meter-box micro microphone microphones microscope microwave
microwaves mics migration milk milkshake milkshakes millet milling mince minced mincer minerals
mirror mirrors mixer mixers mixing mobile mobilization mocktails modelling modem moisturiser
moisturizer molasses mold money-box monitor mop mops mortar mosaic mosquito motherboard motor
motorbike motorcycle mould moulding moulds mount mounting mouse mouthwash moving mower mowers mowing
muesli muffin muffins mug mugs mukimo mulch mulching mural murals murram mushroom mushrooms music
mustard mutton nail nails nameplate nanny napkin napkins nappies napping necklace neckties needle
needles net nets netting network networking newsletter newspaper newspapers nightdress nightgown
nonfiction noodle noodles notary notebook notebooks notice nozzle nozzles nursery-bag nursing nut
nutmeg nutrition nuts nylon oak oatmeal oats office oil oils ointment okra olives omelette onion
onions orange oranges ornament ornaments orthopaedic ottoman outdoor outfit outfits outlet outlets
oven oven-tray ovens overall overalls overhaul overlock oxygen oyster pacifier pacifiers package
packages packaging packing pad paddle padlock padlocks pads pail paint paintbrush paintbrushes
painter painting paints pajamas pallet pallets pamphlet pamphlets pan pancakes panel paneling
panelling panels pans panties pantry pants panty papaya paper paperbags papers parasol parboiled
parcel parking parquet parsley partition partitioning partitions parts party passbook passport pasta
paste pastries pastry patch patching pavement paver pavers paving paving-blocks pawpaw pawpaws
payroll peach peaches peanuts pear pears peas pebbles pedal pedals pedicure peeler peg pegs pelmet
pen pencil pencils pendant pendants penetrant pens pension pepper perfume perfumes perimeter permit
permits persian pesticide pesticides petal petrol petticoat pews pewter pharmaceuticals phone
phonecase phones photo photobook photocopies photocopy photocopying photographer photographic
photography photos photoshoot physics physiotherapy piano pick-up pickaxe pickles pickup picnic
picture pictures pie pies pig piglet pigs pilates pile piles pillow pillowcase pillowcases pillows
pinafore pinboard pincers pine pineapple pineapples pins pipe pipes piping pistachio piston pistons
pit pitch pizza pizzas placard placards placemats plait plaits plan planing plank planks planner
planners plans plant planter planters planting plants plaque plaques plasma plaster plasterboard
plastering plastic plasticine plates platform platforms platter platters playground playlist pliers
plot plough ploughing plow plug plugs plumber plumbing plumbing-works plums plywood pole poles
polish polishing polythene poncho pond ponytail pool pools popcorn porcelain porch pork porridge
porter porters portrait portraits posho post postage postcard postcards poster posters posts pot
potato potatoes pots potting pouch pouches poultry powder power pram prawns pregnancy prescription
prescriptions presentation preserver presses pressing primer printer printers printing prints prism
privacy prize prizes probe processor produce production products profile profiles program programme
programmes programming projector projectors promo promotion promotional proofreading propane
property props protector protectors protein provision provisions pruners pruning publicity
publishing pudding puff puff-puff pull-up pullet pullover pullovers pulp pulses pump pump-repair
pumpkin pumpkins pumps punch puncture punctures puppet puppies puppy purifier purifiers purse purses
puzzle puzzles pyjamas quail quails quarry quilt quilts rabbit rabbits racing rack racket rackets
racks radiator radio radish raffia raffle rafters rags rail railing railings rails raincoat
raincoats raisins rake rakes ram ramp rams rasp razor razors reader readers reagent receiver
reception recharge recipe reconciliation recorder recording recruitment rectifier recycling red reed
reeds reels refill refilling refreshments refrigeration refrigerator registration regulator
regulators reinforcement relaxer relaxers relocation remote remotes removal render rendering renewal
renovation renovations rent rental repaint repainting repair repairs replacement replacements
replica report reports repotting resealing research resins resistors resoling restock restoration
resume resurfacing retainer retouch retouching rewinding rewiring ribbon ribbons rice rice-cooker
rickshaw ride rides ridge rims ring rings road roast roasted roasting robe robes rocks rod rods
rolex roller rollers rolling roof roofing roofing-sheets rooftop room rooms rooster roosters rope
ropes rosaries rosary roses rotavator roundtrip router routers rubber rubbish rubble rucksack rug
rugs rum runners saddle safe safety sail salad salads salmon salt samosa samosas sample samples sand
sandal sandals sander sanding sandpaper sandstone sandwich sandwiches sanitary sanitary-towels
sanitation sanitiser sanitizer sanitizers sap sardines sash satchel satellite satin sauce saucepan
saucepans saucer saucers sauna sausage sausages saw sawdust saws scaffold scaffolding scaffolds
scale scales scanner scanners scanning scarf scarves scent scented school schooling science scissors
scone scones scooter scooters scoreboard scraper screed screen screening screenprint screens
screwdriver screwdrivers screws script scrub scrubbing scrubs sculpture sculptures seafood seal
sealant sealing seals seasoning seat seats secateurs secretarial security sedation seed seedbed
seeder seedling seedlings seeds selfie seminar seminars semolina sensor sensors septic septic-tank
sequin serum serums server service services servicing serviette serviettes serving sewage sewer
sewers sewing shades shampoo shampooing shapewear sharpener sharpening shaving shawl shears sheds
sheep sheeting shelf shelves sherbet shield shields shingles ship shipment shipping shirt shirting
shirts shoe shoelaces shoemaking shoes shooting shopping shorts shoulder shovel shovels showcase
shower showers shredder shredding shrimp shrimps shrub shrubs shutter shuttering shutters shuttle
shuttles sieve sieves signage signboard signboards signpost signposts signs silage silencer silicone
silk silo silos silt simcard simsim singlet sink sisal sisal-rope skateboard sketch sketches
sketching skewers skin skincare skipping skirt skirts slab slabs slasher slashers slashing slaughter
sleeper sleepers sleepwear sleeve sleeves slides sliding slings slippers smock smoothie smoothies
snack snacks snail snails sneaker sneakers soak soakpit soap soaps socket sockets socks soda sodas
sofa sofas softboards softener software softwood soil solar solder soldering sole soles solvent
songs sorghum sound soundproofing soup sourdough souvenir souvenirs sow soy soya soymilk spacer
spade spades spaghetti spanner spanners spare spares sparklers spawn speaker speakers spice spices
spike spinach spindle spirits splash splints splitter sponge sponges sponsor sponsorship spool spoon
spoons spotlight spotlights spray sprayer sprayers spraying spreadsheet sprinkler sprinklers sprouts
squash stabilizer stabilizers stainless staircase staircases stairs stakes stalk stall-fee stamp
stamps stand stapler staplers staples starch starter starters stationeries stationery statue steak
steaks steam steamer steaming steel stencil stencils sterilizer steroid stethoscope stew stews
sticker stickers sticks stilettos stitches stitching stock stockings stone stones stool stools
stoppers storage storey story stove stoves strap strapping straps straw strawberries streamers
streaming stretcher stretchers strings striping strips studs stuffing subscription subwoofer
subwoofers suede sugar suit suitcase suitcases suits sukari sulphur suncream sunflower sunglasses
sunhat sunscreen supper supply support surgery surgical survey surveying surveys suspenders suya
swab sweater sweaters sweep sweets swimming swimsuit swimsuits swimwear swing swings switch switches
switchgear swivel symposium syringe syringes syrup system systems t-shirt t-shirts table tablecloth
tablecloths tablemats tables tablet tablets tag tags tailcoat taillight tailoring takeaway tank
tanker tankers tanks tanning tap tape taper taps tarmac tarpaulin tarpaulins tart tarts tattoo
tattoos taxi taxidermy tea teabags teaching teacups teapot teapots telephone telescope television
televisions temp tender tent tents termite termites terrace terrazzo test tester testing tests
textbook textbooks textile textiles texture thatch thatching theatre therapy thermal thermometer
thermometers thermos thinner thinners thread threading threads tiara ticket ticketing tickets tie
ties tights tilapia tile tiles tiling tiller tilling timber timetable tin-roof tint tinting tire
tires tissue tissue-rolls tissues titanium toast toaster toasters tobacco toddler toffee toilet
toiletries toilets tomato tomatoes tombstone tombstones toner toners tong tongs tool toolbox toolkit
tools toothbrush toothbrushes toothpaste toothpicks toppers topping toppings topup torch torches
tote totes touchpad tour tourniquet tours towbar towel towels towing toy toys tracker trackers
tracking tracksuit tracksuits tractor trailer trailers training trampoline transcript transcription
transcripts transformer transformers translation transmission transport transportation transporting
trash travel treadmill treatment treats tree trees trellis trench trenches trenching trimmer
trimmers trimming trimmings trophies trophy trough troughs trouser trousers trowel trowels
truck-hire truffles trumpet trunks truss trusses tshirt tshirts tubers tubing tuition tulips tuna
tuner tunic tunics tuning turban turbans turbine turf turkey turkeys turkish turmeric tutorial
tutoring tutors tuxedo tuxedos tv twine twists typesetting typing tyre tyres ugali ultrasound
umbrella umbrellas unblocking undercoat underlay undershirt undersuit underwear uniform uniforms
upgrade upgrades upholstering upholstery upkeep urinal utensil utensils vaccination vaccinations
vaccine vaccines vacuum valance valentine valentines valuation valve valves van vanilla vanity
varnish varnishing vase vaseline vases veal vegetable vegetables veggies vehicle veil veils velvet
vending veneer ventilation ventilator verandah vermicelli vest vests vet veterinary vibrator video
videographer videography videos vine vinegar vinyl violin vip visa visas visor vitamin vitamins
voiceover voucher vouchers waffle waffles wagon waistcoat waistcoats waiter waiters waiting walkway
wall wallet wallets walling wallpaper wallpapers walls walnuts wardrobe wardrobes warehouse wash
washbasin washer washers washes washing waste wastebin watch watches water watering watering-can
watermelon watermelons waterproofing waterpump waterpumps wax waxing weave weaves web web-design
webcam webcams website wedding wedges weed weeder weeding weeds weighing weight weights welder
welding wellness wheat wheat-flour wheel wheelbarrow wheelbarrows wheelchair wheelchairs wheels
whipping whisk whiskey whisky whistles whiteboard whiteboards whitewash wicker wifi wig wigs
windbreak windbreaker window windows windscreen windshield wine wines wiper wipers wipes wire wires
wiring wok wood wood-carving woodwork wool workbook workbooks workmanship workout workshop workshops
worms wrap wrapping wraps wreath wreaths wrench wrenches wristband wristbands writeup writing x-ray
xray yam yams yarn yeast yoga yoghurt yogurt yogurts zinc zip zipper zippers zips zumba
""")  # fmt: skip
