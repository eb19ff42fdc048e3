import type { Entries } from './entries.ts'

/** Rules for measures of the control group "Eingabekontrolle": who entered or changed what, logs, validation, and the making of software. */
export const input = {
  'change-logging': [
    'eingabe|aenderung|loesch|veraender|schreib|eingegeb|geaendert|erfass|anleg|bearbeit|mutation|datenaenderung|entry|entered|entering|modif|chang|delet|alter|updat|creat|edit|write|remov|input & protokoll|log.|logs.|logged|logging|aufgezeichnet|nachvollzieh|nachverfolg|nachvollzogen|traceab|audit|history|historie|record of who|track|zeitstempel|timestamp|versionier|events ! zutritt|berechtigungskonzept|authori[sz]ation concept|uebersicht|overview|code|software|deploy|release|konfiguration der|backup|firewall rule|schluessel|programme|backup log|vernicht|richtlinie|policies|review of the|key|media destruction|transport|incident|vorfall|log files are|loeschvorgaeng|log retention|loeschung nach|days|tagen|subject|measures|tom.|dokument wird|document|release|commit|visitor|retention|passwords? |passwort |backups|dispos|destruct|carrier|datentraeger|anmeld|breach',
    'audit+(trail|log|logs|logging|protokoll)|edit+tracking|change+(tracking|log of data|history)|aenderungs+(protokoll|historie|verfolgung|nachverfolgung)|eingabe+protokoll|event+history|historisierung|revisions+(historie|log)|wer wann was|who~when ! server und|on servers|auf servern|support|impersonation|approval|full audit rights|unveraender|append|immutable log only',
    'protokollierung~(eingabe|aenderung|loeschung|schreibend)|logging of~(entry|change|modification|input|data entry|deletion)|input+(is )?(logged|logging)|traceability of~(entry|input|data|modif)|nachvollziehbarkeit~(eingabe|aenderung|bearbeit)|nachvollziehbarkeit',
    'audit trail|audit log & data|daten|action|aktion|all|alle|user|benutzer|relevant|records ! admin|server|login',
    'aenderungen & nachvollzogen|nachvollziehbar|protokolliert|versioniert ! code|quellcode|git|richtlin|system|berechtigung erteilt|loeschantrag',
    'events & creat|delet|chang & user|account|environment|record|data',
    'entered|modified|changed|deleted|removed & by whom|retrospectively & logging|log|achieved|through ! ensure that it is possible',
    'eingabekontrolle & protokoll|log|achieved',
    '@input protokoll|logging|logged & daten|data|zugriff|vollstaendig|aktion|action ! review|kontrolle der|auswert|fehlgeschlag|failed|login|anmeld|admin|server',
  ],
  'tamper-proof-logs': [
    'tamper+(proof|evident|resistant)|manipulations+(sicher|schutz|geschuetzt)|faelschungssicher|append+only|unveraender(bar|lich)|unveraenderlich|immutab|hash+chain|worm.|write+once|revisions+sicher|merkle|nicht ueberschreibbar|never deleted|unalterable|non repudiation & log|protokoll|audit|record|eintrag|trail|storage|event|chain|attestation|append|speicher|worm ! backup',
    'append+only|hash+chain|worm.|tamper+(proof|evident)+log|revisionssicher|immutable+(audit|log)|unveraenderlich~(log|protokoll|audit)|unveraenderbar~(log|protokoll|audit)|merkle ! backup',
    'log|protokoll|audit & manipulation|tamper|alter|verfaelsch|unauthori & protect|schutz|geschuetzt|against|gegen|sicher ! eingabe',
    'separat~audit+log|write protect~log|logs?. & read only|schreibgeschuetzt',
  ],
  'security-event-logging': [
    '(nutzung|zugriff|verwendung)~protokolliert & home|dienstreise|vpn|usb|geraet|biometr|remote|fernzugriff',
    'execution logs',
    'protokollierung & freigabe & vpn|home office|fernzugriff|remote',
    'nutzung wird protokolliert',
    'login|log in|logon|anmeld|authentifi|authenticat|admin|administrat|sicherheitsrelevant|security+event|security relevant|sicherheits+ereignis|systemaktiv|system+event|fehlgeschlagen|gescheitert|failed|zugriffsversuch|access attempt|privileged & log.|logs.|logged|logging|protokoll|aufgezeichnet|recorded|erfass|audit ! backup|minim|zugriffskontrolle auf|restrict|user name and|changes to data|nur ueber|least|review of|auswertung|incident|vorfall|only via|ausschliesslich ueber|siem|token|after|nach 5|sperr|monitoring dienste|einsatz|smtp|brute|username and',
    'security+(event )?(log|logging)|server+log|system+log|log+files?.|structured+logging|cloud+logging|execution+log|request+log|event+log|session+log|login+log|admin+log|zentrale~(protokoll|log)|central~log|log+management|system+protokoll|protokollierung auf|logging at various|logging and monitoring|extensive logging|umfassende protokoll|protokollierung~(administrator|anmeld|system|sicherheits|login|admin) ! personal data|retention|aufbewahr|review|auswert|pii|contain|rotation|mask|geloescht|tage.|days.|regularly|pruef|retained for|evaluat|payload|keine inhalte|kontrolle der',
    'execution logs|cloud run logs|api requests? & logged|protokolliert|logging|geloggt',
    'zugriff|nutzung|use. & protokolliert|logged & usb|biometr|vpn|home office|remote|gerae ! kundendaten|anwendung',
    'protokollierung|logging & server|netzwerk|network|firewall|operating system|betriebssystem|systeme & level|ebene|all|wird|auf|security ! access to|zugriffe und',
    'audit logs? & server|datenbank|system|logins|admin',
    'kontinuierliche ueberwachung von sicherheitsereignissen|konfigurationsdaten & protokoll',
    '0.75: ^(umfassende |zentrale )?(protokollierung|logging)$',
  ],
  'log-review': [
    '@input 0.8: auswertung|evaluation ! risk|risiko',
    'log.|logs.|log+file|log+datei|protokoll.|protokolle|protokollen|protokolldaten|audit+log|logfile|sicherheitsprotokoll & review|auswert|kontrolle der|pruefung|geprueft|evaluat|analy|inspect|stichprob|sample|ueberpruef|regelmaess|aufbewahr|retain|retention|rotat|days|tage|weeks|months|monate|30 ! wiederherstell|restore|backup|zutritt|session|besuch|ergebnis|video|incident|token|access and entitle|delet~all personal|sicherungsvorgang|weitergabe|destruction|vernicht|loeschprotokoll|change log|personal data from|visitor|purposes|debugging|key|execution log',
    'log+(review|auswertung|analyse|analysis|retention|rotation|aufbewahrung|monitoring)|protokoll+(auswertung|kontrolle|pruefung|aufbewahrung)|auswertung~(protokoll|log)|review of~log|kontrolle der protokoll|logrotate|protokollierung & regelmaessig ausgewertet',
    'logs & tage|days|months|monate|retention|aufbewahr|automat~geloescht|rotat',
  ],
  'input-validation': [
    'sql+injection|formula+injection|prompt+injection|parametri[sz]ed|parametrisiert|prepared+statement|raw sql|pydantic|zod. ! log',
    'input+valid|eingabe+valid|input+sanit|eingabevalidierung|eingabepruefung|plausibilit',
    'orm. & inject|parametr',
    'file size limit|upload+(limit|validat|pruef)',
    'input|eingabe|upload|datei|file|api+input|formular|form data|payload|import|datenimport|schema|auswahlfeld|csv|fields & validat|validier|sanitis|sanitiz|gepruef|serverseitige pruefung|check|plausib|size limit|length cap|escap|magic byte|bereinig|mime ! overview|bios|consent|auszug|audit|review|log.|whom|retrospective|auftrag|sicherungs|checksum|checksummen|integrity|berechtigung|profil',
    'sql+injection|injection+(schutz|protection|attack|prevention)|formula+injection|prompt+injection|parametri[sz]|prepared+statement|orm.|pydantic|zod.|input+(validat|sanit|valid)|eingabe+(validier|pruefung|kontrollpruef)|eingabevalidierung|schema+valid|plausibilitaets|plausibility|raw sql|file size limit|dateigroessen|whitelist+validation|cypher & parameter|validierungs+mechanism|data quality+check|datenqualitaet|validation of~(input|data|upload)|validierung~(eingabe|input|daten|formular)',
  ],
  'data-entry-documentation': [
    'uebersicht|overview|list.|documentation|dokumentation|verzeichnis & which program|welche programme|welchen programmen|applikation|application|programs|programme|anwendungen|erfassungsprogramm & data|daten|input|eingeb|enter|modif ! protection|security|dpa|tom|sub|third part|log|data processing|processor',
    'formular|forms|source document|erfassungs+beleg|eingabebeleg|original+beleg|urbeleg|paper form & aufbewahr|retention|retain|kept|uebernommen|archiv ! complaint',
    'welche programme|welchen programmen|which programs|which applications can',
    'erfassungsbelege|data flow+(diagram|overview)|datenfluss+(diagramm|plan)',
  ],
  'no-manual-data-change': [
    'customer+data|kunden+daten|data|daten|database|datenbank & manual|manuell|von hand|by hand|direct change|manipulat|directly in the database & no|not|never|nie|kein|nicht|without|prohibit ! review|backup|third|unauthori|unbefugt|log|protect|schutz|delete|test|encrypt|detect|server|accident|system',
    'no manual~(change|data|alter|manipul)|keine manuelle~(aender|daten|veraender|eingriff)|never~(altered|manipulat|modified) by|korrekturen nur ueber|corrections only through|keine direkten datenbank|no direct database~(change|write|edit)|never manually',
  ],
  'data-integrity-checks': [
    'hash+chain|hashkette|merkle',
    'digitale~signatur|digital+signature|checksum|pruefsumm',
    'checksum|pruefsumm|hash+(value|wert|vergleich|summe)|integrity+(check|verif|monitor|protect|control)|integritaets+(check|pruefung|sicherung|kontroll|ueberwach)|digital+(signatur|signature)|digitale~signatur|elektronische~signatur|electronic+signature|signatur+verfahren|signature procedure|cryptographic+signature|database+constraint|datenbank+constraint|constraints|transaktion|transactional|acid.|optimistic+lock|consistency+check|konsistenz|sha 256|signed+export|code signing|file+integrity|anti replay|referential ! password|passwort|token|webhook|jwt|email|bankt|rs256|hmac sha256 signa',
    'corrupt & data|daten|cannot|protect|detect|malfunction ! virus',
    'data+integrity+(check|valid|verif)|datenintegritaet & sicher|pruef|constraint',
  ],
  'change-management': [
    'change+(management|control|advisory|process|request|procedure)|aenderungs+(management|prozess|verfahren|antrag)|release+(process|management|prozess|log|note)|version+(control|verwaltung|kontrolle|ierung)|versionskontroll|git+(workflow|ops|versioniert|based)|git.|ci cd|cicd|continuous+(integration|deployment|delivery)|deployment+(pipeline|process|prozess|guard)|automatisierte~tests|automated+test|test+abdeckung|test coverage|unit tests|e2e tests|regression+test|freigabe+verfahren & software|aenderung|release|reproduzierbar~deploy|build pipeline ! backup|dependency|vulnerab|scan|restore|review|audit input control|sast|kind|account+change|code+review|gitleaks|git nicht|nicht in git|secret|github action|bandit|ruff|documents|richtlin|tom|terms of version|data version|datenaenderung|documentation|branch+protection|repository|penetration|pflegedok|policy|kundendaten|data entry',
    'change management|change control|version control|versionskontrolle|versionsverwaltung|git workflows|git versioniert|ci cd pipelines|accidental production deployment|input and change control|deploy guard ! sast|dependen|vulner|restore',
    'change|aenderung|update|modification & test|approv|genehmig|freig|document|dokument|control|kontroll|logged & system|software|production|produktion|release|deployment|infrastructure|rollout|einspiel|it. ! eingabe|loesch|access|data entry|sub|tom|measure|password|massnahm|contract|benutzer|notif|subprocess|authori|schluessel|code review|pull request|personal',
    'logging & release|version control|deploy',
    'automatisierte tests|automated tests|tests lint',
  ],
  'code-review': [
    'code+(review|freigabe|pruefung|begutacht)|pull+request|merge+request|peer+review|pr+(review|basiert|based|workflow|prozess)|reviewed by a second developer|quellcode+(review|pruefung)|branch+protection|required+review|mandatory review|approval workflows',
    'change|aenderung|code & reviewed|geprueft|approved|begutachtet & developer|entwickler|peer|merge|deploy|repository|code ! measure|tom|static|sast|analyse|access',
  ],
  'secure-development': [
    'secure+(development|coding|software development|sdlc|design principle)|sichere~(softwareentwicklung|entwicklung|programmier)|sdlc|ssdlc|owasp|cwe.|devsecops|security+by+design|entwicklungs+richtlinie|coding+(guideline|standard|richtlinie)|development+(guideline|lifecycle|polic)|threat+model|bedrohungs+(analyse|modell)|secure by design|adr. ! header',
  ],
  'dependency-scanning': [
    'dependen|abhaengigkeit|library|libraries|bibliothek|third party+(component|package|librar)|open+source+(component|package|kompon|librar)|sbom|package|paket|npm audit|pip audit|dependabot|renovate|snyk|software composition|sca.|cve & scan|manag|audit|updat|patch|check|pruef|aktualis|monitor|automat|vulnerab|pfleg|review|weekly|ci.|pin ! platform|provider operated|physical|personal|tree',
    'dependabot|renovate+bot|renovate|npm audit|pip audit|sbom|snyk|dependency+(scan|check|management|update|track|audit)|software composition analysis|software bill',
  ],
  'vulnerability-scanning': [
    'vulnerabilit|schwachstell|sicherheitsluecken+scan|security+scan|weakness & scan|management|assess|analys|analyse|regelmaess|automat|test|monitor|detect|pruef|ueberwach|suche|manag|identify|program|regular|tenable|qualys|nessus|trivy ! dependency vulnerab|pip audit|npm audit|disclos|report to|melde|known vulner|patch|contact|dependenc|closed|meldung|geschlossen|zeitnah|customer about|inform|secret',
    'vulnerability+(scan|scanning|management|assessment)|schwachstellen+(scan|management|analyse|pruefung|test)|security+scan|port+scan|container+scan|image+scan|trivy|nessus|openvas|qualys ! dependency vulnerability scan',
  ],
  'code-scanning': [
    'sast|dast.|codeql|semgrep|sonarqube|bandit',
    'static~analys|statische~(code)?analyse|dynamic~analys|statische codeanalyse|static code',
    'sast|dast.|static+(code|application|analysis)|statische~(code|analyse|anwendung)|dynamic+(code|application security|analysis)|dynamische~analyse|codeql|sonarqube|semgrep|bandit|linter & security|sonar.|code+(scan|analyse|analysis)',
  ],
  'patch-management': [
    'unattended upgrade|automatic updates|automatische updates',
    'sicherheits+update|security+(update|patch)|patching|patch+(management|prozess|process) ! dependencies only',
    'patch|security+update|sicherheits+(update|aktualisier)|software+(update|aktualisier)|sicherheitsupdates|system+(update|aktualisier)|betriebssystem+(update|aktualisier)|os+update|automatic+update|automatische~(update|aktualisier)|unattended upgrade|updates. & regular|regelmaess|zeitnah|prompt|timely|install|eingespielt|automatic|automat|system|software|laufend|continuous|apply|applied ! backup|tom|richtlin|policies|measures|firewall und|document|datenbank nach|vor updates|before update|vor einem update|virenscanner|antivirus|spam|firewall|staff|review and update|risk|dispatch',
    'patch+(management|day|prozess|process|level|zyklus|ing)|security patch|security+updates?|sicherheitsupdates|patching|updates & zeitnah|eingespielt|automatisch install ! firewall|spam|virus|viren',
    'sicherheitsluecken|vulnerabilit|schwachstellen|security flaw & close|geschlossen|schliess|fix|behoben|beheb|remed|patch ! report|meld|scan|customer|user|notif',
    'aktuell~(gehalten|halten)|kept up to date|up to date & system|software|os|server|betriebssystem|component|komponenten ! document|guideline|record|description|richtlin|virus|viren|signatur',
  ],
  'penetration-test': [
    'pen+(etration)?s?+test|penetrations+test|penetration+test|pentest|ethical hack|red+team|simulated attack',
  ],
  'release-strategy': [
    'release+(strateg|plan|cycle|zyklus|policy)|product+release|security oriented~release|versions+strategie|staged+(rollout|release)|canary+(release|deploy)|gestaffelt~(release|rollout|auslieferung)|blue green|rollback & deploy|release|strategie ! log',
  ],
  'configuration-monitoring': [
    'ueberpruefung|kontrolle|review|check & systemkonfiguration|system configuration|konfigurationen',
    'config|konfiguration|schema|certificate|zertifikat & monitor|ueberwach|drift|check|review|ueberpruef|pruef|expiry|ablauf|regelmaess|detect|audit ! backup|key|rechenzent|iso|login|client|compliance cert|dienst|certification|provider|external platform|standort|schul|access|recht|email|backup|hardening|valid|signat|sicher|audit report|vernicht',
    'configuration+(monitor|drift|audit|review|check)|konfigurations+(ueberwach|pruef|kontroll|management|drift)|ueberpruefung der~konfiguration|review of~configuration|certificate+(monitor|expiry)|zertifikats+(ueberwach|ablauf)|it monitoring enrichment|functioning properly|proper functioning',
  ],
  'asset-version-inventory': [
    'asset+(inventory|register|management|list)|inventar|inventory|it+asset|hardware+(verzeichnis|liste|inventar|inventory)|software+(verzeichnis|liste|inventar|inventory|bestand)|geraete+(verzeichnis|liste|inventar)|version+(detect|erkennung|inventory)|technology+version|cmdb|bestands+(verzeichnis|liste|fuehrung)|asset verwaltung|end of life+(monitor|check|tracking) ! schluessel|key|inventarisieren|inventarnr|process|verarbeitung|media',
  ],
  'time-synchronisation': [
    'ntp.|chrony|time+synchroni|clock+synchroni|zeit+synchroni|zeitserver|time+server|uhrzeit & synchron|synchroni[sz]ed clocks|synchronisierte uhren',
  ],
} satisfies Entries
