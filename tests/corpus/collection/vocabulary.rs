//! The words that synthetic records are made of, Swedish and English side by side. The projects are made up.

pub const NAME_STARTS: &[&str] = &[
    "Nya vägar",
    "Trygghet",
    "Steget vidare",
    "Kompetenslyft",
    "Framtidskraft",
    "Språk i arbete",
    "Ung kraft",
    "Hållbar etablering",
    "Samverkan",
    "Nycklar",
    "Växtkraft",
    "Bryggan",
    "Rätt stöd",
    "Digitalt lyft",
    "Jämställd start",
    "Inkluderande arbetsliv",
    "Grön omställning",
    "Livslångt lärande",
    "Vägen in",
    "Mitt val",
];

pub const NAME_ENDS: &[&str] = &[
    "till arbete",
    "för unga",
    "2.0",
    "i hela länet",
    "på arbetsmarknaden",
    "för utrikes födda kvinnor",
    "steg två",
    "i vård och omsorg",
    "- en förstudie",
    "för framtidens industri",
    "mot skolavhopp",
    "i samverkan",
    "",
];

pub const OWNERS: &[&str] = &[
    "Region",
    "Arbetsförmedlingen",
    "Folkhögskolan",
    "Samordningsförbundet",
    "Länsstyrelsen",
    "Föreningen Framåt",
    "Studieförbundet",
    "Högskolan",
    "Näringslivsbolaget",
    "Kompetensakademin",
];

pub const SUBJECTS: &[&str] = &[
    "Projektet",
    "Insatsen",
    "Kommunen",
    "En stor del av deltagarna",
    "Arbetsgivarna i regionen",
    "Målgruppen",
    "Många unga",
    "De deltagande verksamheterna",
    "Ett växande antal företag",
    "Projektets samverkansparter",
];

pub const VERBS: &[&str] = &[
    "ska stärka",
    "syftar till att utveckla",
    "behöver",
    "arbetar med",
    "saknar i dag",
    "prövar nya former av",
    "kompletterar",
    "erbjuder",
    "kartlägger",
    "bidrar till",
];

pub const OBJECTS: &[&str] = &[
    "kompetensutveckling",
    "vägledning och stöd",
    "språkträning på arbetsplatsen",
    "individuella handlingsplaner",
    "jämställdhet och tillgänglighet",
    "samverkan mellan skola och socialtjänst",
    "metoder för tidiga insatser",
    "en hållbar etablering på arbetsmarknaden",
    "digitala verktyg",
    "trygghet i övergången till studier",
    "utbildning inom bristyrken",
    "motiverande samtal",
    "validering av yrkeskunskaper",
    "psykisk hälsa",
];

pub const TAILS: &[&str] = &[
    "i nära samarbete med näringslivet",
    "för personer som står långt från arbetsmarknaden",
    "under hela projekttiden",
    "tillsammans med civilsamhället",
    "så att fler fullföljer sina studier",
    "utifrån individens egna behov",
    "i samtliga kommuner i länet",
    "med stöd av forskning och utvärdering",
    "vilket minskar risken för utanförskap",
];

pub const ENGLISH_STARTS: &[&str] = &[
    "New paths",
    "Security",
    "A step further",
    "Skills boost",
    "Power for the future",
    "Language at work",
    "Young power",
    "Sustainable establishment",
    "Cooperation",
    "Keys",
    "Growth",
    "The bridge",
    "The right support",
    "Digital boost",
    "Equal start",
    "Inclusive working life",
    "Green transition",
    "Lifelong learning",
    "The way in",
    "My choice",
];

pub const ENGLISH_SENTENCES: &[&str] = &[
    "The project strengthens the position of participants who are far from the labour market.",
    "Employers in the region lack skilled staff, and many young people lack an education.",
    "Participants are offered guidance, individual plans and language training at work.",
    "The work is done in close cooperation with schools, social services and local companies.",
    "New methods for early support are tested and evaluated together with researchers.",
    "The effort aims at more equal and more accessible workplaces in all municipalities.",
    "A growing number of companies take part in the training during the whole period.",
    "Results are spread to other regions, and the methods become part of ordinary work.",
];
