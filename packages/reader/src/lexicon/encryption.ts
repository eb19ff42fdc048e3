import type { Entries } from './entries.ts'

/** Rules for Art. 32(1)(a): pseudonymisation and encryption, with keys and secrets; and for measures that keep personal data out. */
export const encryption = {
  'disk-encryption': [
    'disk|laptop|notebook|tablet|device|workstation|endpoint|computer|hard drive|usb stick|usb drive|storage medi|removable|mobile|smartphone|festplatt|datentraeger|endger|geraet|rechner|speichermedi|wechselmedien|client|bitlocker|filevault|luks|arbeitsplatz & encrypt|verschluess|kryptier ! backup|sicherungsmedien|database|server side|transit|netz|at rest storage|uebertrag|volume enc|tls',
    'full+disk+encryption|disk+encryption|device+encryption|drive+encryption|festplatten+verschluess|datentraeger+verschluess|geraete+verschluess|laptop+verschluess|notebook+verschluess|bitlocker|filevault|luks|veracrypt|fde.|local encryption|lokale verschluesselung ! filesystem database|server disks encrypted',
  ],
  'encryption-at-rest': [
    'verschluesselung & klarnamenliste|datencontainer',
    'backups?. & managed encryption|aes ?256 & storage',
    'at+rest|ruhend|ruhezustand|gespeicherte~daten|stored data|stored personal data|data stored|database|datenbank|storage|speicher|db.|column|spalte|field|feld|file|datei|s3|bucket|filesystem|datencontainer|server|volume|ebs|rds|token|klarnamenliste|dokument|upload|inhalte|customer data|kundendaten|personal data|sensitive|sensib|datensaetze|gesundheitsdaten & encrypt|verschluess|aes|tde. ! in transit only|backup|email|transit|transport|disk encryption|full disk|uebertrag|tls|https|passwort|password|laptop|notebook|attachment|anhang|mobile|verbindung|connection|link|communication|remote|vpn|vernicht|client side key|removable|computer equipment|storage media|medi',
    'encryption at rest|encrypted at rest|data at rest|at rest encrypt|verschluesselung at rest|verschluesselung~(ruhend|ruhezustand|datenbank)|datenbank+verschluess|database+encryption|speicher+verschluess|storage+encryption|tde.|transparent data encryption|envelope+encryption|volume+encryption|spalten+verschluess|feld+verschluess|column+level+encryption|field+level+encryption|encrypted filesystem|ruhender daten|ruhende daten|at rest ! separate backup|backup enc|je einrichtung',
    '@encryption aes ?(128|192|256) ! transit|tls|backup',
    'aes ?256 & stor|speicher|database|datenbank|files|persist|managed encryption keys|firestore ! transit|backup',
    'no unencrypted|unverschluesselt & storage|speicher|stored ! email|attachment',
    'standardmaessig~verschluess|encryption by default & data|daten',
    'managed encryption+keys?|fernet+verschluess|encrypted & database',
    'schluessel & storage verschluesselung',
  ],
  'transport-encryption': [
    'tls|https|ssl.|hsts|sftp|ftps|mtls|ssh+(access|zugriff|zugang|zugaenge|tunnel|verbind|encrypt|verschluess)|https only ! email|e mail|ssl certificates|ssl zertifikate & ueberwach|mailserver',
    'https?|tls|sftp|ssh|ssl & mail|email|import|access|web|api|connection|verbindung|verschluess|encrypt ! ssl certificate|key auth|ssh key|schluessel|ssl certificates etc',
    'transport+verschluess|transport+encrypt|uebertragungs+verschluess|leitungs+verschluess|encryption~transit|in transit|in transit encrypt|transit+verschluess|data in transit|daten in transit|in transport|certificate pinning|perfect forward|verschluesselung~(uebertragung|transit|transport|uebermittlung|kommunikation|datenuebertragung)|encrypt~(transmission|transfer|communication|transport|transit)|communications? encrypt|end to end encrypt|ende zu ende ! email|e mail|secure backup media|transport of media|datentraeger|media',
    'uebertrag|uebermittl|transmi|transfer|connection|verbindung|kommunikation|communication|traffic|schnittstelle|netzwerkzugriff|datenweg|netzwerk|webservice|link.|channel|kanal|datenaustausch|data exchange|remote access & encrypt|verschluess|secure protocol ! email|e mail|mailanhang|backup|at rest|klarnamen|disk|datentraeger|pseudonym|media|anonym|database only|key management|speicher',
    'encrypted+(connection|channel|protocol|transfer|transmission|communication|network)|verschluesselte~(verbindung|uebertrag|datenuebertragung|kommunikation|netzwerkverbind|internetverbind|protokoll|uebermittl|kanal|kanael|datenuebertragungsweg) ! email',
    'no unencrypted~transmission|no unencrypted & transmission|transfer|unverschluesselt & uebertrag',
    'administrative zugriffe & verschluesselt',
    'let s encrypt|letsencrypt|ssl labs',
  ],
  'encryption-key-management': [
    'key+(management|rotation|vault|custod|generation|ceremony|derivation|escrow|storage) & encrypt|crypto|kms|hsm|master|verschluess|key ! api|secret+scan|physical|office|mobile|token|credential|password|bitwarden',
    'encryption+keys?|cryptographic+key|kryptogra~schluessel|verschluesselungs+schluessel|kryptoschluessel|master+key|kms.|hsm.|customer managed key|schluessel+rotation|kryptokonzept|krypto+(konzept|richtlinie)|crypto+(concept|policy)|on cryptography|use of cryptography|cryptographic (polic|control|tool|standard)|key+rotation|key+management ! physical|google managed|managed encryption|office|card|key based|regelung und liste|bibliothek|library|schluesselverfahren',
    'schluesselmanagement|schluesselverwaltung|schluesselableitung & krypto|verschluess|encrypt|kms|hsm|rotat ! buero|tuer',
    '@encryption schluessel+(verwaltung|management|rotation|wechsel|aufbewahr)|getrennte keys|separate keys|keys & rotat|separat|getrennt|managed',
    'separate~keys|getrennte~(keys|schluessel)|encryption keys & tenant|einrichtung|customer',
    'kek.',
    'schluessel & getrennt & daten|aufbewahr ! tuer|buero|zuordnung|transponder|backup',
    'state of the art & encryption|cryptograph|kryptogra|verschluesselungsverfahren|stand der technik',
  ],
  'backup-encryption': [
    'backup|datensicherung|sicherungs+(kopie|medien|band|baender|datei|daten)|sicherungen|dump|sicherungskopie|cloud storage backups & encrypt|verschluess|aes ! tls only|over tls|https only',
    'verschluesselt vor auslagerung|encrypted off site|encrypted offsite|separat verwaltete keys|regular backups with encryption',
  ],
  'secrets-management': [
    'secret & environment|umgebungsvariable|env.',
    'handling & credentials|api keys',
    'smtp credentials|credentials & environment variable',
    'secret|api+key|api+schluessel|api+token|credential|zugangsdaten|private key|umgebungsvariable|environment variable|env var|env vars|service account key|tokens? & manag|vault|store|stored|gespeichert|rotat|never in code|nicht im code|nie im code|not in code|repositor|git|environment variable|umgebungsvariab|env.|handling|umgang|verwalt|encrypt|verschluess|bitwarden|extern|scan|leak|key vault|validated ! log|user accounts|customer credential|reset|login|individuell|mask|dns|kunden|users|passwo|two|username|refresh token|refresh+tokens|employee id',
    'secret+(management|rotation|scan|leak|store|manager|externalisier)|secrets? (manager|scan|rotation|leak)|secrets. ! telegram secret|hmac|webhook|no |keine geheimnisse im|log',
    'key+vault|hashicorp+vault|gitleaks|trufflehog|doppler|sops.|sealed secrets|vault.',
    'geheimnisse|zugangsdaten|schluessel & nicht im code|vault|quellcode|environment|umgebungsvariablen|secret|repository|versionskontrolle ! log|protokoll',
    'oauth|access+token & encrypt|verschluess|gespeichert|stored|fernet ! session',
    'credentials. & rotat|vault|secure handling|stored in env|environment|never in|encrypted',
  ],
  pseudonymisation: [
    'token statt|code statt|tokens? instead',
    'pseudonym',
    'identif|name|personal data|personenbezogene daten|klarnamen|klartextnamen & replac|ersetz|codes?.|token+isier|tokeni[sz] ! log|password',
    'tokenization|tokenisation|tokenisierung|data masking|datenmaskierung',
  ],
  'mapping-table-separation': [
    'klarnamen+(liste|datei)|zuordnungs+(daten|datei|tabelle|liste)|mapping+table|identifikatoren & trenn|getrennt',
    'identifiers & separat|kept apart',
    'zuordnungs+(daten|datei|tabelle|liste|schluessel|information)|klarnamen+(liste|datei)|mapping+(table|data|file|list|information)|assignment+(data|file|list)|allocation+(file|list|data|table)|re+identif|identifikatoren & analyse|trenn|key list|lookup table|identification data|identifiers & separat|stored separat|kept separat|trenn ! accounts|unique',
    'pseudonym & zuordnung|additional information|zusaetzliche informationen|schluessel & getrennt|separat|gesondert|separately',
  ],
  anonymisation: [
    'aggregiert|aggregated|klardaten',
    'keine klardaten',
    'anonymi[sz]|anonymi|anonymis ! anonymous accounts|anonymous account|testdaten|test data|anonyme konten|anonyme anmeld',
    'aggregat & only|nur|kennzahl|statistic|statisti|data|daten ! log',
    'keine klardaten|ip & last octet|gekuerzt|truncat|letztes oktett',
  ],
  'pseudonymous-identifiers': [
    'uuid|guid.|ulid|hashed+(identifier|ids|email|user ids?)|opaque+(id|identif)|random+(id|identif|key)|zufaellige~(id|kennung|schluessel)|gehashte~(id|kennung|email)|technical+(id|identifier)|internal+(id|identifier)|interne+n? (id|kennung)|non identifying|nicht sprechende|customer number instead ! file|datei|dokumenten id',
    'id.|ids.|identifier|kennung|token|references & instead of|statt|anstelle|anstatt|rather than|not derivable|nicht ableitbar|random|zufaell ! device id|log.|logs',
    'nicht ueber klarnamen|ohne klarnamen  ! logs',
  ],
  'log-masking': [
    'log.|logs.|logging|log files?|protokoll|request+logs|logfile|logeintr|error tracking|fehlerberichte|telemetr|crash report|log fields & mask|maskiert|redact|geschwaerzt|no personal|keine personenbezog|without personal|ohne pii|no pii|never logged|nie|plaintext|klartext|truncat|keine inhalte|not contain|ohne personenbezug|keine passw|pseudonym|keine pb daten|nur ids|no secrets|keine geheimnisse|scrub|sanitis|filtered|nicht protokolliert werden|payload ! ki logging|pseudonymised data|password is stored|prompt|fehlgeschlagen|geloescht',
    'never logged|masked in~logs|logging ohne|log masking|log+maskierung|log redaction|nicht geloggt|not logged|keine geheimnisse im protokoll',
  ],
  'redaction-before-processing': [
    'before|vor.|prior to|beim import|during import|import process|in the import & redact|mask|unkenntlich|schwaerz|unrecogni|delete|loesch|entfern|remov|strip|filter|platzhalter|anonymi|pseudonymi & process|import|verarbeit|storage|speicher|transfer|uebertrag|upload|llm|ki|stor|send ! vernicht|frist|backup|overwrit|dispos|entsorg|datentraeger|media|ablauf|day|bestaetig|notice|end of|gateway|ddos|malware|virus|spam|rueckgabe',
    'unkenntlich|unrecogni[sz]able|redaction|pii+(filter|maskier|redact|detect|erkennung|scrub)|schwaerzung|data loss prevention filter ! ueberschreib|vernicht|datentraeger',
  ],
} satisfies Entries
