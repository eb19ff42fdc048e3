import type { Entries } from './entries.ts'

/** Rules for incidents, review, organisation, processors (Auftragskontrolle) and data protection by design and by default. */
export const organisation = {
  'incident-response-plan': [
    'incident|vorfall|vorfaell|sicherheitsvorf|data breach|datenpann|datenschutzverletz|security breach|security issue|datenschutzvorf|breach|schutzverletz & plan|process|prozess|procedure|verfahren|response|management|handling|umgang|konzept|concept|runbook|workflow|eskalation|escalat|vorgehen|policy|richtlinie|team|detect|erkennung|behandl|bearbeit ! regist|documentation of|dokumentation von|erfassung|uebung|exercise|ticket|record of|drill|training|supervisory|aufsicht|meldepflicht gegen|notify customer|inform|notified|unverzueglich|undue|monitored|section 8|certif|notification by|involvement|contract|test|responding promptly|investigation|assist|platform|schul|restore|notfallplaene fuer daten',
    'incident+(response|management|handling)+(plan|process|prozess|procedure|runbook|team|concept|konzept|polic|verfahren)|incident+response|incident+management|vorfall+(s)?(management|behandlung|reaktion|plan|prozess)|sicherheitsvorfall+(prozess|plan|management)|runbook & incident|security|ransom ! uebung|exercise|test|drill|registe|platform|notifications',
    'process|prozess|procedure|verfahren|vorgehensweise|dokumentiert|formal|documented & incident|vorfaell|vorfall|datenpann|breach|pannen & handling|umgang|erkenn|detect|meldung|report|behandl|nachbearb|identif|dealing|response|bearbeit|melden ! ticket|uebung|test|platform|customer',
    'eskalations+(prozess|plan|stufen|kette|matrix)|escalation+(process|plan|path|matrix)|notfallteam|cert team|csirt|incident response team & incident|vorfall|antwort|security|sicherheit|defin ! it ausf|ausfaell|netz',
  ],
  'breach-notification': [
    'supervisory|aufsicht|authorit|behoerde|data subject|betroffene person|betroffenen|art 33|art 34|article 33|article 34|articles 33|artikel 33|artikel 34|72 hours|72 stunden|72h|72 h & notif|meld|report|inform|benachrichtig|breach|verletz|incident|vorfall|panne|pflicht|oblig ! auskunft|access request|informationspflicht|assist|unterstuetz den auftrag|customer within|notify customer|art 13|art 32|customer of|dem verantwortlichen innerhalb|request|art 15|beschwerde|art 35|art 36|availab|consult|lodge',
    'breach+(notification|report)+(process|procedure|obligation)?~?(authorit|supervis)|meldeprozess|meldepflicht|meldung~(aufsicht|behoerde|datenschutzverletz|datenpann)|breach notification|notification of~breach ! customer|controller|auftraggeber|verantwortlich|kunde|auftrag',
  ],
  'controller-notification': [
    'controller|customer|client|auftraggeber|verantwortliche|kunde|kunden|importer|exporter|partner & notif|inform|meld|report|benachrichtig|unterricht|mitteil|mitgeteilt|alert & breach|incident|vorfall|vorfaell|verletz|panne|unverzueglich|undue delay|without delay|24 h|24 stunden|72|data loss|kenntnis|datenschutzverstoss|stoerung ! sub|change|aenderung|massnahmen werden|deletion|loesch|informations+pflicht|certific|audit|request|verantwortliche person|verantwortliche fuehrung|option|weisung|anfrage|pruef|legal requirement|data subject request',
    'information an verantwortlich|notify~(the )?(customer|controller|client)|meldung an (den|die) (verantwortlich|auftraggeber|kunden) ! sub|change|aenderung',
    'assist|unterstuetz|cooperat & controller|customer|auftraggeber|verantwortlich & breach|incident|verletz|notification|art 33|art 34|articles 33|meldepflicht ! data subject rights|betroffenenrecht',
  ],
  'incident-documentation': [
    'incident|vorfall|vorfaell|breach|datenpann|panne|verletz|stoerung & document|dokument|record|register|ticket|log.|erfass|protokoll|verzeichnis|aufzeichn|post mortem|lessons|nachbereit|regist ! process for|prozess zur|dokumentierter prozess|documented process|documented procedure|dokumentierte vorgeh|response procedures|plan|runbook|dokumentiert alert|verarbeitung|dsfa|customer|notify|meldeprozess|categories|eskal',
    'incident+(register|log|record|documentation|report)|vorfall+(s)?(register|dokumentation|protokoll)|ticket~(incident|vorf|breach)|(incident|breach|vorfall|vorfaell)~ticket|post mortem|record of all~breach|via ticket|ticketsystem & vorf|incident|panne|breach',
  ],
  'vulnerability-disclosure': [
    'vulnerabilit|sicherheitsluecke|schwachstelle|security issue|security+(report|contact)|weakness|bug & disclos|report|melde|contact|kontakt|bounty|responsible|hinweis|option for ! scan|customer about|inform users|test report|monitor|known|certified|patch|closed|zeitnah',
    'security txt|bug+bounty|responsible+disclosure|coordinated+disclosure|vulnerability+disclosure|meldestelle|security & mailbox|erreichbar|24h|24 h & meldung|kritisch',
    'erreichbarkeit & meldung|kritische|security',
    'user option & security|notification',
  ],
  'user-security-notification': [
    'users?.|nutzer|anwender & notif|informed.|informier|benachrichtig & security issue|security problem|sicherheitsproblem|sicherheitsluecke|schwachstelle|vulnerab',
    'user|nutzer|customer|kunden|anwender & informed.|informs?.|informing|informiert|notif|benachrichtig|warn|advis & security issue|sicherheitsproblem|sicherheitsluecke|vulnerab|sicherheitshinweis|security|sicherheitsmeldung|weakness ! breach|personal data breach|subprocess|change|incident report|training|aufsicht|privacy',
    'security+(advisor|bulletin|issue notification|notice|notification)|sicherheits+(hinweise|bulletin|mitteilung) ! rechts',
    'security issue notification|notification guideline|security advisor|security bulletin|sicherheitshinweise an',
  ],
  'measure-review': [
    'measure|massnahme|massnahmen|tom.|toms.|security measures|controls|sicherheitskonzept|schutzmassnahme|dokument|document|effectiveness|wirksamkeit|safeguards & review|ueberpruef|evaluat|update|aktualis|assess|geprueft|test|audit|weiterentwickl|improv|verbesser|angepasst|regular|fortschreib|bewertung|bewertet|pruefung|continuous ! processor|sub|auftragnehmers|access right|incident plan|logs|backup|restore|software|code|training|firewall|virus|security policies comply|art 32|dpia|dsfa|richtlinien an|describe|change log|alternativ|measures include|measures to ensure|including|taken to|contractor|communicated|penetration|password|implement and maintain|security update|zertifikat|technical documentation|dokumentation der tom|30 day|documents and data|vernicht|certificates|ticket|measures suitable|audit vor|incident|verfahrensweisen|protokoll|vertraulich|prior review',
    'tom+(review|pruefung|ueberpruefung|aktualisierung)|naechste~(review|ueberpruefung|pruefung)|next~review|review of~(measures|tom|controls|security)|ueberpruefung~(massnahmen|tom|wirksamkeit)|wirksamkeits+(pruefung|kontrolle|ueberpruefung)|pdca|kvp.|continuous+improvement|kontinuierliche~verbesserung|annual review|jaehrliche ueberpruefung|management+review|regular review ! access|berechtig|processor|dienstleister|risk|logs|permission|account|code|dpia|firewall|plan|vendor|sub|log|backup',
    'gueltig & review|danach review',
    'technical progress|technischen fortschritt|stand der technik & angepasst|adapt|subject to|update|weiterentwick|review|unterliegen',
    'erinnerung|reminder & frist|ueberpruef|review',
    'aktualisiert|updated & wesentlichen|material|changes|aenderungen & tom|avv|dokument|document|massnahm',
    'reviews and updates~measures|reviewed and updated & measure|polic|regular|periodic',
  ],
  'risk-assessment': [
    'risk+(assess|analys|management|evaluat|treatment|register|based)|risiko+(analyse|bewert|beurteil|management|abschaetz|behandl|register|einschaetz)|risk of varying|risikobasiert|bewertung der risiken|assessment of risk|risikoanalysen|risk assessments ! ai|vendor|supplier|privacy impact|sub',
  ],
  'internal-audit': [
    'audit|revision|selbstkontroll|self assess|security review|sicherheits review|sicherheitsueberpruef & intern|security|sicherheit|regular|regelmaess|jaehrlich|annual|external|extern|datenschutz|data protection|cadence|month|performed|durchgefuehrt|own|it.|compliance|independent|quarterly|vierteljaehr|recurrence|system|periodic|planmaess ! audit log|audit trail|right|recht|customer|controller|auftraggeber|kunde|processor|dienstleister|auftragnehmer|cooperat|evidence|contractor|request|log.|protokoll|eintrag|auditiert|audit report|auditable|support|third party audit report|sub|vendor|soc ?2|iso|pip|npm|dependency|certific|verantwortlichen|revisions|trail|append|logging|permit|allow|gestatt|impersonation|code',
    'interne?[rns]?~audit|internal+(security )?audit|security+audit|sicherheits+audit|datenschutz+audit|self assessment|selbstkontroll|interne~(revision|sicherheits review|kontrolle|ueberpruefung)|privacy audit|audit recurrence ! code|contractor|processor|auftragnehm|customer',
  ],
  'security-certification': [
    'isms.|information security management|informationssicherheits+(managementsystem|management)|tisax|isis12|bsi+grundschutz zertif|it grundschutz|vds 10000|vds 3473|cyber essentials|iso 9001|csa star|cloud controls matrix|sicherheits+zertifizierung|security+certification|sig questionnaire|soc 2 report of|soc2 report|certification according|zertifizierung nach|we are~certified|wir sind~zertifiziert|unternehmen ist~zertifiziert|zertifiziert nach|is~certified|are both certified|certified by|certification bod ! rechenzent|data cent|hoster|hosting|cloud|hetzner|aws|azure|google|aktenvernicht|entsorg|provider used|subprocess|supplier|plattform|platform',
    'iso ?27001|iso iec 27001 & own|company|unternehmen|our|unser|certified|zertifiz|annex|mapping|isms|aligned|in anlehnung|orientiert|framework|a 5 ! rechenzent|data cent|datacent|hoster|hosting|cloud|hetzner|aws|azure|google|facilit|dc.|rz|platform|provider|physisch|physical|tuev|serverstandort|infrastr|soc|c5|server|verwaltet',
    'annex a controls',
  ],
  dpia: [
    'dpia|dsfa|dsfas|data+protection+impact|privacy+impact|datenschutz+folgen|folgenabschaetz|impact+assessment|pia.|art 35|article 35 ! transfer impact|privacy impact assessments be obliged|regarding security measures',
  ],
  'processing-records': [
    'record+s? of~processing|processing+record|ropa.|verarbeitungs+verzeichnis|verzeichnis~(der|von|aller)?~?verarbeitung|vvt.|verfahrensverzeichnis|register of processing|records? of~(categories|processing)|verzeichnis~art 30|art 30 & verzeichnis|record|register ! kategorien von empf|lit',
  ],
  'data-protection-officer': [
    'data+protection+officer|dpo.|datenschutz+beauftragte|dsb.|privacy+officer|datenschutz+koordinator|data+protection+(contact|coordinator|commissioner)|datenschutzbeauftragt ! genehmig|auswertung durch|kontrolle durch|pruefung durch|review by|uebernimmt & email only',
  ],
  'security-responsibilities': [
    'vertretungs+regel',
    'verantwortlichkeiten|zustaendigkeiten|responsibilities & dokument|zugewiesen|definiert|festgelegt|geregelt|defined|assigned|documented|allocated ! loesch|deletion|vorf|incident',
    'verantwortung & zugewiesen|geschaeftsfuehrung',
    'information+security+officer|it+sicherheits+beauftrag|informationssicherheits+beauftrag|isb.|ciso.|security+officer|verantwortlichkeit|zustaendigkeit|vertretungs+regel|roles and responsibilities|organisations+(struktur|plan)|security+(role|responsib)|responsib~security|internal+organi[sz]ation|innerbetriebliche organisation|allocat~responsib|assigned responsib|verantwortung & zugewiesen|benannt|bestellt|defin|assign|appoint|named|role|established|klar|geregelt|sicherheit|security|datenschutz|requirements|organis|established ! loesch|deletion|nachbearb|kontrolle durch|pruefung durch|durch it sicher|incident|vorfaell|backup|reviewed by|reporting an|weitergeleitet|an it sicherheitsb|responsibilities for deletion|firewall|logs|data minim',
    'responsib|verantwort & security|sicherheit|datenschutz|data protection & assign|appoint|allocat|individual|named|benannt|zugewiesen|person|management|geschaeftsfuehrung ! controller responsible|customer|sub|processor|incident',
    'fuehrungskraefte & informiert|aufgaben',
    'einzelbetreiber|solo operat|ein personen',
  ],
  'security-policy': [
    'datenschutz+(management|managementsystem|konzept|richtlinie|leitlinie|handbuch)|informationssicherheits+(richtlinie|leitlinie|konzept)|sicherheits+(richtlinie|leitlinie|konzept)|interne~(richtlinien|leitlinien) ! passwo',
    'guidelines?. & up to date|regular processes',
    'internal (policies|guidelines|rules)|security polic|information security polic|data protection polic|sicherheitsrichtlinie|datenschutzrichtlinie ! password',
    'securities and polic|policies are (also )?applied',
    'security|sicherheit|datenschutz|data protection|privacy|information security|informationssicherheit|it sicherheit & polic|richtlinie|leitlinie|guideline|regelwerk|konzept|handbuch|manual|management system|managementsystem|rules|regulation|anweisung|dokumentation aller|documentation of all|framework|standard ! password|passwort|notice|header|incident|release|backup|backup|code|develop|general data protection|update|content|mobile|notification|gdpr|regulation eu|published|deletion|retention|cookie|impact|according|verordnung|dsgvo|schulung zu|training|officer|clean|it usage',
    'security+(polic|guideline|concept|manual|framework)|sicherheits+(richtlinie|leitlinie|konzept|ordnung|handbuch|policy)|datenschutz+(richtlinie|leitlinie|konzept|handbuch|policy|managementsystem|management system|ordnung)|data+protection+(policy|policies|management system|guideline|concept|regulation|manual)|privacy+(policies|guideline|management)|information+security+(policy|policies)|informationssicherheits+(richtlinie|leitlinie|konzept)|interne~richtlinien|internal+(policies|guideline|polic|rules|regulation)|dsms.|corporate rules|corporate binding|policies applied|securities and policies|document routines|documentation & clear|unambiguous|available ! passw|incident|header|content|backup|logs|ki.|cookie|loesch|development|code|iso 27|communication|kommunikations|certification|implement & soft|access control policy|mobile',
    'dokumentation|documentation & verfahrensweise|richtlinien|regelungen|datenschutz|data protection|measures|organisational & zentral|central|digital|access for employees|updated|maintain|keep|versionier',
    'richtlinien|policies|guidelines & versionier|aenderungen|aktual|mitarbeit|verbindlich|contractually binding|employees|staff ! passw|loesch|mobile|device|geraet|kommunikation|home|password|access control',
    'dokumentation der tom|description of its~measures|prepare and keep~description',
  ],
  'it-usage-policy': [
    'it user regulation|it user & regulation',
    'it.|edv.|internet|email|communication|kommunikation|home office|homeoffice|remote work|mobile~(arbeit|work)|telearbeit|telework|device|geraete|hardware|software|acceptable use|mobilgeraet|smartphone|byod|social media|ki nutzung|it nutzer|it user & polic|richtlinie|guideline|regulation|regel|anweisung|ordnung|instruction|vereinbarung|nutzungs|agreement ! security polic|device management|password|clean|license|sicherheit|firewall|data protection|mdm|update|patch|backup|privacy|anti|remote access policy & vpn|disposal|media destruct|loesch|web|encrypt|software development|it security policy|release|screen|bildschirm|minister|access control',
    'acceptable+use|nutzungs+(richtlinie|ordnung|vereinbarung|bedingungen it)|it+(richtlinie|nutzungsordnung|user regulation|usage|policy|nutzung)|homeoffice+(regel|richtlinie|vereinbarung)|home office|mobile+(arbeit|working|office|work)+(s)?(regel|richtlinie|polic|vereinbarung)?|telearbeit|remote+work+(polic|guideline)|kommunikations+richtlinie|communication+(polic|securit)|byod+(policy|richtlinie)|dienstanweisung|work+instruction|arbeitsanweisung|private nutzung|private use ! incident|supplier',
    'security in handling of~device|umgang mit~(mobil|geraet|it)',
  ],
  'employee-training': [
    'training|schulung|geschult|trained|sensibilis|unterweis|awareness|fortbildung|weiterbildung|e+learning|educat|continuously informed|instructed regularly|belehr|made aware|security+awareness|aufgeklaert ! ki modell|ai model|llm|kein training|no training|not used for|modelle|nicht zum training|training of|machine|trainingsdaten|zero data|zum training|fuer training|developer office|bewusst niedrig',
  ],
  'confidentiality-agreements': [
    'verpflichtungserklaerung',
    'sign & confidential|vertraulich',
    'confidential|vertraulich|nda.|ndas.|non+disclosure|verschwiegen|geheimhalt|datengeheimnis|data secrecy|secrecy & commit|oblig|oblige|agree|verpflicht|bound|undertak|sign|nda|all|employee|mitarbeit|personal|staff|personnel|beschaeftigt|unterzeich|schriftlich|declar|erklaer|process to ensure|committed ! confidentiality, integrity|vertraulichkeit, integritaet|level|stufe|art 32|availability|keine verschluesselung|vertraulichkeit art',
    'verpflichtungs+erklaerung|verpflichtung auf~(vertraulich|daten)|vertraulichkeits+(verpflichtung|vereinbarung|erklaerung)|confidentiality+(agreement|commitment|undertaking|obligation|declaration|clause)|non+disclosure+agreement|nda.|ndas.|verschwiegenheits+(pflicht|verpflichtung|erklaerung)|geheimhaltungs+(vereinbarung|verpflichtung|erklaerung)|data secrecy|datengeheimnis|telekommunikationsgeheimnis|fernmeldegeheimnis',
    'mitarbeit|employee|staff|beschaeftigt|personal & verpflicht|obliged|committed & datenschutz|data protection|dsgvo|secrecy|gdpr ! schul only|einhaltung sicherheit',
  ],
  'data-subject-requests': [
    'data subject|betroffene person|betroffener|affected person & request|anfrage|antrag|ersuchen|auskunft|access right|rights ! notif|breach|widerruf|self service|portal|opt out|categories|freedoms|kategorien|freiheiten|schulung|easy|einfache|informationspflicht|meldung|art 33|export function|attributed|specific data subject',
    'betroffenen+(anfrage|recht|rechte|ersuchen)|data subject+(access )?(request|right)|auskunfts+(anfrage|ersuchen|begehren|recht)|dsar.|loeschungsanfrag|loesch+(antrag|begehren|anfrage)|rights of (the )?data subjects|betroffenenrechte ! schulung|training|freiheiten',
  ],
  'privacy-notice': [
    'privacy+(notice|statement|polic)|datenschutz+(erklaerung|hinweis|information)|informations+pflicht|information+(dut|obligation)|transparen+(t|z)|art 13|article 13|data protection~notices ! internal|guideline|richtlinie|design|polic(y|ies) and security|listed|privacy by',
    'datenschutzerklaerung|datenschutzhinweise|informationspflicht|information duties|information obligations|privacy notices?|art 13 ! sub processors listed|listed|schulung',
  ],
  'measure-change-notice': [
    'logged in the change log|change log below',
    '30 day & notice ! sub|processor',
    'measure|massnahme|tom.|toms.|level|niveau|schutzniveau|security level & alternativ|equivalent|gleichwertig|adequate|not reduced|not be reduced|nicht unterschritten|nicht unterschreiten|changes? |aenderung|substantial|material|wesentlich|communicated|mitgeteilt|notice|notif|weiterentwick|fortentwick|unterschreit|technical progress|technischen fortschritt ! access|backup|password|eingabe|data entry|breach|incident|sub|review of|schutzniveaus bei drittland|software|code|reporting',
    'changes to~(tom|measure|these|security measure)|aenderung~(massnahm|tom|sicherheitsmassnahm)|schutzniveau~(nicht|gewahrt|erhalt)|alternative~(massnahm|measures)|technical progress|technischen fortschritt|change log below|logged in the change log|communicated to & notice',
    'wesentlichen~aenderungen & aktualisiert|updated & tom|avv|dokument|document',
  ],
  'dpa-contracts': [
    'av+vertraege|avvs?. & mit|geschlossen|abgeschlossen|allen|jedem',
    'data+processing+(agreement|addendum)|auftrags+verarbeitungs+(vertrag|vertraege|vereinbarung)|auftragsdatenverarbeitung|av+vertrag',
    'dpa.|avv. & with|mit|signed|required|abgeschlossen|all|each|available|vorhanden|concluded|jedem|allen|sign ! notice|partner|annex|anlage',
    'vereinbarung~auftrags|agreement~commissioned processing|verarbeitungsvertraege',
    'data+processing+(agreement|addendum|contract)|dpa.|dpas.|avv.|av+vertrag|av+vertraege|auftrags+(daten)?verarbeitungs+(vertrag|vertraege|vereinbarung)|auftrags+verarbeitungsvertr|vereinbarung~auftrags|vertrag~auftragsverarb|agreement~(commissioned|art 28|processing)|art 28 & contract|vertrag|agreement|avv|abgeschlossen|signed|conclu ! annex to|anlage|anhang|anlage 3|under this dpa|this dpa|section|terms of the dpa|notif|notice|tom werden|partners|assessment checked only',
    'contract|vertrag|agreement|vereinbarung|vertraglich & processor|service provider|dienstleister|auftragnehmer|auftragsverarbeiter|supplier|vendor|subcontractor|hoster|hosting ! confidential|vertraulich|monitor|end of|ende|beendigung|review|control rights|kontrollrecht|nda|selection|auswahl|strafe|penalt|insured|weisung|schul|geheim|geruest',
    'eindeutige vertragsgestaltung|contractual instructions|unambiguous~contract|clear contract|klare vertragsgestaltung|written contract|order control & contract',
    'signed with each|avv mit|dpa mit|dpa with|avv vorhanden|avv abgeschlossen',
  ],
  'subprocessor-list': [
    'sub+(processor|contractor|auftragsverarbeiter|unternehmer|prozessor)s? & listed|list of|named|aufgefuehrt|documented',
    'documentation of sub|list of sub|sub processor liste|liste~(subunternehm|unterauftrag|subprozess|auftragsverarbeiter)|subprozessoren verzeichnis',
    'sub+(processor|contractor|auftragsverarbeiter|unternehmer|prozessor|prozessoren|auftragnehmer)|unter+auftrag|subprocess|vendor|weitere auftragsverarbeiter|subdienstleister & list|liste|verzeichnis|document|dokument|register|named|listed|uebersicht|overview|published|veroeffentlicht|oeffentlich|eingesetzt|genehmigt|folgend|annex|anlage|anhang|public ! select|carefully|sorgfaelt|notice|objection|obligation|assess|dpa compliance|audit|contractually|engage|prior',
    'use|nutz|einsatz & virtual machine|resources|ressources & hetzner|aws|azure|datacenter|data cent ! eu region',
  ],
  'subprocessor-approval': [
    'sub+(processor|contractor|auftragsverarbeiter|unternehmer|prozessor|auftragnehmer)|unter+auftrag|subprocess|subunternehm|weitere~auftragsverarbeiter|further processor|other processor & approv|genehmig|consent|zustimm|object|widerspr|einwaend|einspruch|notice|notif|inform|vorlauf|ankuendig|regulation|regelung|beabsichtigt|prior|vorher|30|change|aenderung ! genehmigte unter|list of approved|carefully|breach|contractually obliges',
    'vorlauf bei aenderung|notice of new sub|genehmigungsvorbehalt',
  ],
  'processor-selection': [
    'processor|service provider|dienstleister|auftragnehmer|auftragsverarbeiter|supplier|vendor|subcontractor|unterauftrag|contractor|lieferant|subunternehm & select|auswahl|ausgewaehlt|chosen|due diligence|assess|evaluat|vorherige pruefung|prior review|vorab|sorgfalt|sorgfaelt|careful|pruefung der|sicherheitsstandard|screen|vetting|suitable|geeignet|bewertung|checked before|guarantees ! clean|reinigung|guard|wach|ongoing|laufend|regular|regelmaess|quarterly|viertelj|transportpersonal|data subject|annual|jaehrl|identity|personal|contractual|cookies',
    'vendor assessment|vendors? assess|vendor risk & assess ! listed|policy|md',
    'supplier+(evaluation|assessment|management|selection)|dienstleister+(auswahl|bewertung|pruefung|management)|lieferanten+(auswahl|bewertung|management)|selection of the contractor|auswahl~(auftragnehm|dienstleist)|prior review of the security|vorherige pruefung|vorabkontrolle|vorabueberzeugung|security assessments? of',
    'technical and organi[sz]ational measures of & hoster|hetzner|aws|azure|itself',
  ],
  'processor-monitoring': [
    'certificates?.|certifications?.|zertifikate|pruefberichte|audit reports & reviewed|checked|ueberprueft|geprueft|regelmaess|annually & platform|processor|provider|vendor|supplier|dienstleister|hoster',
    'auftragsverarbeiter & ueberpruef|kontrollier|ueberwach|auditier & regelmaess|laufend|jaehrlich|quartal|viertelj',
    'sub processor|subprocessor|our processors|service provider|dienstleister|auftragnehmer|supplier|vendor|subcontractor|subunternehm|contractor|contract performance|external platform|lieferant|unterauftrag & review|ueberpruef|audit|kontroll|monitor|ueberwach|nachkontroll|regelmaess|ongoing|laufend|annual|jaehrl|quarterly|viertelj|quartal|compliance|certificates|zertifikat|pruefung|check|inspect|performance ! select|sicherheitsstandards|penetration|pentest|support|eingesetzten|auswahl|prior|vorherige|remote|fernwartung|zugriff|premises|clean|reinigung|access logs|notif|zutritt|breach|incident|onboard|dritter zugang|vor ort bei uns|rechte|firewall|our processors shall allow|controller|schul|freischaltung|iso|serve|physische|hosted|rechenzentrum|unter beobachtung|supply|backup|platform dashboard|health|uptime|customer audits|auftraggeber',
    'ongoing review of~(contractor|processor|supplier)|contract performance|nachkontrollen|certificates?~(are )?reviewed|kontrollrechte gegenueber|effective control rights|sub+process(or|oren) ueberwachung|lieferanten+audit|supplier+audit|vendor+review|ueberwachung~(auftragnehm|dienstleist|subprozess)|kontrolle der vertragsausf|vertragsausfuehrung',
    'monitoring|protokollierung & beim auftragnehmer|at the contractor|at the processor',
  ],
  'instruction-bound': [
    'instruction|weisung|anweisung~(verantwortlich|auftraggeber)|directed by & process|verarbeit|document|dokument|written|schriftlich|textform|only|nur|strict|bound|gebunden|controller|customer|client|auftraggeber|verantwortlich|contractor|auftragnehm|contractual|compliance ! work instruction|internal instruction|interne anweisung|arbeitsanweisung|employees instruct|dienstanweisung|delet|loesch|return|betriebsanweisung|geloescht|customer s earlier|security measures and instruct|weisungsberechtigt & nur|ensure that personal data|sichergestellt|measures to|massnahmen zur',
    'weisungs+(gebunden|gebundenheit|bindung|befugnis|recht|gemaess|berechtigt)|documented instruction|dokumentierte~weisung|written instruction|schriftliche~weisung|contractual instruction|in accordance with~instruction',
  ],
  'return-deletion-at-end': [
    'terminat|end of|expir|beendigung|vertragsende|auftragsende|nach abschluss|completion of|nach ende|ende des|contract end|kuendigung|termination of the contract|collaboration|nutzungsende|upon customer|deletion has been completed|vertragsverhaeltn & delet|return|loesch|rueckgabe|herausgab|eras|destr|vernicht|export|zurueckgegeb|handed|available|copy|confirm ! employ|mitarbeit|beschaeft|staff|personnel|access right|zugriffsrecht|retention period|frist|account of leav|session|zugaenge|storage period|berechtigung|days after|konto|aufbewahrungsfrist',
    'return~(and|or)~delet|rueckgabe~(und|oder)~loesch|loesch~(und|oder)~rueckgabe|data return|return of~data|rueckgabe von daten|data return and deletion|loeschung bei vertragsende|vertragsende|written confirmation~deletion|verbleibende~sicherungskopien ! austritt',
    'delete all personal data|delete all~data & customer|controller|within|instruction',
    'confirmation|bestaetig & deletion|loeschung & completed|erfolgt|written',
  ],
  'audit-rights': [
    'audit right|right to audit|pruefrecht|kontrollrecht~(des|fuer|durch)',
    'audit|inspect|kontroll|pruef|nachweis|evidence|demonstrat|documentation & controller|customer|client|auftraggeber|verantwortlich|kunde|anforderung|request|b2b & right|recht|allow|permit|gestatt|ermoeglich|zur verfuegung|provide|available|auf anfrage|on request|at request|upon request|support|vor ort|on site|entitled|berechtigt ! tool|auskunft|berechtigung|notif|subject|rechte der|eingabe|log|zugriffskontroll|zutritt|request form|deletion|request made|offboarding',
    'audit+right|right to audit|kontroll+recht~(auftraggeb|verantwort|kunden)|pruef+recht|pruefungs+recht|audit by~(customer|controller)|vor ort+(kontroll|pruef|audit)|inspection+right|audits durch den~(auftraggeb|verantwort|kunden)|nachweiserbringung|documentation shall be available|kontrollrechte des ! gegenueber dem auftragnehmer|over the contractor',
  ],
  'data-minimisation': [
    'data+minimi[sz]|daten+minimier|datensparsam|data+(economy|avoidance|sparing)|datenvermeid|speicherbegrenz|storage limitation|minimum+data|minimal+data|kein~tracking|no~tracking|keine~analytics|no analytics|kein profiling|no profiling|keine cookies|no cookies',
    'no more|only|nur|minimum|minimal|nicht mehr|lediglich|limited to|ausschliesslich|beschraenk|not collect|do not collect|ohne|erforderlichen|notwendige & collect|erhoben|erheb|process|verarbeit|stored|gespeichert|erfass|data|daten & necess|required|erforderlich|notwendig|needed|benoetigt|requirement|zweck|minim|any personal data|functionality ! access|zugriff|zutritt|berechtigung|rights|employee|entry|instruction|weisung|mitarbeit|retention|as long as|solange|backup|eu.|encrypt|log.|purpose limitation|certif|internal|personnel',
    'personal data|personenbezogen & minimi[sz]|not collect|nicht erhoben|sparsam|avoid',
    'keine dauerhafte speicherung|not stored permanently|keine persistente speicherung|no persistent storage|in memory|nur im arbeitsspeicher|stateless|keine sensiblen daten|enthaelt nur|non identifying|ohne klardaten',
    'minimierung der daten|collection is limited|limited to what is necessary|nur notwendig~daten',
  ],
  'privacy-by-design': [
    'dsgvo checkliste|gdpr checklist',
    'privacy+by+(design|default)|privacy by|data protection by (design|default)|datenschutz+(durch technik|durch vorein|freundlich)|technikgestaltung|datenschutzfreundlich|privacy+(friendly|preserving) ! massnahmen zu|heading',
    'privacy by design|privacy by default|data protection by design|datenschutz durch technik|datenschutzfreundlich|data protection friendly|gdpr article 25|art 25|new features & privacy|dsgvo checkliste|privacy review',
    'voreinstellung|default & privacy|datenschutz|datensparsam|strict|geringst|schwaechst|lowest|konfigur ! password|admin|deny|encrypt|mfa|rbac',
  ],
  'retention-deletion': [
    'nach~(tagen|monaten|jahren) & automat|geloescht|ueberschrieben|lifecycle',
    'purge',
    'solange & vertrag',
    'automatisch nach~(tagen|tage|monat|wochen|jahr)|automatically after~(days|months|weeks|years)',
    'log+retention|log+rotation & days|tage|purge',
    'aufbewahrungsdauer|tage.~google standard|bis logout',
    'loesch+(konzept|frist|routine|regel|plan|job|lauf|vorgang|vorgaeng|verfahren|prozess)|aufbewahrungs+(frist|dauer|regel|zeit)|speicher+dauer|retention+(period|polic|schedule|rule|time|concept|and deletion)|deletion+(concept|polic|period|schedule|routine|job|procedure)|data+retention|erasure+(concept|polic)|lifecycle+(rule|policy)|auto+prune|storage lifecycle|soft delete|loeschung~(personenbezogen|daten|nicht mehr)|account+deletion|konto+loesch|account loeschung|datenbereinigung|datenloesch ! video|log retention only|zero data|vertragsende|terminat|kamera|empfaenger beacht',
    'delet|loesch|eras|purge|remov|geloescht|entfernt|ueberschrieben|overwritten|abgelaufen & automat|after|nach.|period|frist|days|tagen|tage|months|monat|jahr|year|regular|regelmaess|no longer|nicht mehr|expir|ablauf|rotation|statutory|schedule|responsib|zustaendig|dokument|cascade|vom gf|selbst|app.|disconnect|logout|kryptograf|concept|unverzueglich ! employ|mitarbeiter verl|rights|berechtigung|access is|media|datentraeger|aktenvern|log.|logs.|eingabe|entry|modification|whom|vertragsende|terminat|beendigung|customer s|written|bestaetig|confirm|shred|zugang|anonymi|cookie|passwort zur|wachdienst|import|video|token running|degaus|nutzer konten sperr|austritt|aufzeichnung|aenderung|paper|dokumente vern|papier|return',
    'aufbewahr|retain|retention|gespeichert fuer|stored for|kept for|solange & tage|days|monate|months|jahre|years|wochen|weeks|period|vertrag|30|gesetzlich|statutory|logout|7 ! log.|logs.|execution|video|backup tapes|sicherungsmedien|formular|schluessel|klarname|separat|request logs|rollierend|clock|belege|media',
    'clear responsibilities for deletion|zustaendigkeiten fuer loeschung|complete deletion|rolling retention|retention enforcement|kryptografisch unlesbar',
  ],
  'rights-self-service': [
    'data subject|user|nutzer|betroffene|widerruf|einwillig|consent|kunde|customer|personen|gf.|user data & opt out|self service|selbst|easy|einfach|export.|exporte|exportieren|portab|withdraw|abmelde|portal|per klick|einsehen|view and delete|sovereignty|revoke consent|ueber die app|in the app|loeschen koennen ! password|passwort|reset|token|process|prozess|csv xlsx|formatted|standard export format|berechtigung|registrier|vertrag|terminat|schulung|access to personal data|exportieren oder dokumente|xlsx|rolle',
    'opt+out|datenportabil|data+portab|widerrufs+recht|daten+export|data+export|data sovereignty|datensouveraen|consent+management|einwilligungs+(management|verwaltung)|abmeldelink|unsubscribe|self service~(delet|export|loesch)|betroffenenportal ! passwort|password|cookie free|xlsx|sanitized|firestore|rolle',
    'koennen vom & geloescht',
  ],
  'data-stays-with-customer': [
    'customer|kunde|kunden|client|tenant|local|lokal|browser|on device|user device|endgeraet & environment|umgebung|tenant|remain|verbleib|verbleiben|own instance|under the control|local processing|lokale verarbeitung|within their own|nicht uebertragen|nicht auf dem server|managed by customer|im browser|on premise ! separation of|tenant separation|multi|cross tenant|trenn|foreign key|test|production access|access to customer|logical separation only|develop|audit|isolat|trennung|network|security of|firewall|kunden getrennt|encrypt|guest|support|logged|keys|admin|data of other|backup dateien|cookie|localstorage|subject|vertrag|storage token',
    'no~(data|personal data)~(stored|persist|leaves?|sent)~outside|outside customer environment|verbleiben~(beim kunden|in der kundenumgebung|lokal)|lokale verarbeitung|local processing|keine speicherung auf|nicht auf dem server|im browser generiert|runs within their own|customer s own tenant|kundenumgebung|kein cloud bezug|on premises installation|deployed within~customer|under the control of the customer|data stays with',
  ],
  'ai-safeguards': [
    'prompt & log|response|pseudonym',
    'ki+(ausgabe|modell|verarbeitung|logging)',
    'cross user lernen|no cross user learning',
    'ki.|ai.|llms?.|gpt|openai|anthropic|language model|sprachmodell|machine learning|ml.|ml modelle|model & train|zero data|zero retention|human|vorschlag|suggest|prompt|opt in|no |kein|nicht|not|retention|safeguard|governance|embedding|filter|sub processor agreement|output|ausgabe|review ! pruefbericht|webhook|endpoint|length caps|dsfa|dpia|folgenabschaetz',
    'zero data retention|human in the loop|kein training|no training~(data|customer|model)|not used (for|to) train|nicht zum training|ki+(ausgabe|verarbeitung|logging|modell|system|richtlinie|nutzung|einsatz)|ai+(output|processing|model|governance|act|safeguard|usage)|prompt+(log|minim|filter|inject)|cross user lernen',
  ],
  'shared-responsibility': [
    'shared+responsibility|responsibility+(matrix|split)|geteilte verantwortung|verantwortungs+teilung|aufteilung der verantwortlichkeiten',
    'each measure|jede massnahme|je massnahme & guarantees|responsible for it|gewaehrleistet|zustaendig',
  ],
  'tom-document': [
    'this document & version & measure|massnahmen & dated|legal basis|rechtsgrundlage',
    'massnahmendokument & version|datiert',
  ],
} satisfies Entries
