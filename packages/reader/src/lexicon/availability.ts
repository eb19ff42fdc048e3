import type { Entries } from './entries.ts'

/** Rules for measures of the control group "Verfügbarkeitskontrolle" and of Art. 32(1)(c): backups, redundancy, power, monitoring, recovery. */
export const availability = {
  'regular-backup': [
    '*backups & taeglich|naechtlich|woechentlich|regelmaess|automat|daily|nightly|stuendlich ! monitor|ueberwach|konzept|test',
    'daten & gesichert & nacht|taeglich|woechentlich|regelmaess|automatisch|stuendlich ! zugriff',
    'backup|back up|datensicherung|daten+sicherung|sicherungs+(kopie|lauf|laeufe|verfahren|zyklus)|snapshot|dump|point in time|pitr|sicherungen|backed up ! concept|konzept|strategie fuer|backup routines|monitor|ueberwach|kontrolle|encrypt only|activities|source code|quellcode|configuration backup|konfigurationssicherung|test|server getrennt|verschluesselt|storage system|restored from|wiederhergestellt|wiederherstellung aus|policy|server steht|sicherungsmedien|sicherungskopien|backup server|rotation|separate backup|backup fehler|backup failures|fehlerhaft|faulty|failed|erfolgreich|power|usv|ups|media|sind|separat|offsite|off site|key|location|location|standort|retention|tls|logs|restore|recovery|wiederherstell|failure|data segregated|getrennt',
    'taeglich|daily|nightly|naechtlich|weekly|woechentlich|hourly|stuendlich|monthly|monatlich|regular|regelmaess|automat|incremental|inkrement|full|voll|continuous|kontinuierlich|periodic|appropriate|rolling|versch|zeitgesteuert|manuell & backup|back up|datensicherung|sicherung|snapshot|dump|export|data backup|sicherungen|backed up ! test|activities|monitor|ueberwach|restore test|audit|kontrolle|alert|check|review|fehler|quellcode|source code',
    'backups? & database|datenbank|data|daten|performed|taken|created|erstellt|durchgefuehrt|angelegt|automated|verschluesselt|encrypted|platform|strateg|daily|hosted ! monitor|ueberwach|test|kontrolle|concept|konzept|source code|quellcode|rotation|bestaetig|served|separate keys|key|restored|wiederhergestellt|local copy|implemented|within 60|delete|gespeichert|unabhaeng|storage system|residual|expire|removed|power|retained backups|incident',
    '^backups?$|^datensicherung(en)?$|^data backups?$|^regular backups?$|^backup$|backup und wiederherstellungssystem|backup measure|point in time recovery|pitr|rolling retention|tage rollierend|inkrementell|data recovery and backups|backup+(strategie|strategy|procedure|verfahren|prozess|plan|system|loesung|solution)|database backups|datenbank backups|backup dateien|datensicherungen|backup vor|sicherung vor',
    'aufbewahrung|retention & rollierend|rolling|backup|versionen|snapshots|generationen ! delete|overwritten|ueberschrieben|log',
    'generationenprinzip|grandfather',
    '@availability,recoverability export|kopiert|gesichert|sicherung & taeglich|alle|datenbank|nightly|automat|data',
    'appropriate backup|geeignete datensicherung|backup exists',
  ],
  'backup-offsite': [
    'backup|sicherung|datensicherung|backups|snapshots|dump|kopie|copy|copies & separate|separat|getrennt|off+site|other|anderen|anderer|different|extern|another|zweit|second|geograph|raeumlich|oertlich|ausgelagert|auslager|location|standort|ausserhalb|ausserhalb|outside|unabhaengig|remote|onedrive|off railway|r2 eu|cloud storage|safe place|alternative ! dev|encryption key|key|mandant|verschluesselt vor|tls only|power|test|usv|network|purpose|by file|source code|provider operated|local|code and configuration|schluessel|customer data are|one dump|delete|pdf|verschluesselt in|code',
    'off+site|offsite|aussenlager|auslagerung|bankschliessfach|zweites rechenzentrum|second~data cent|alternative data cent|separate physical location|getrennten standort|anderen brandabschnitt|different fire|anderer brandabschnitt|3 2 1 & backup|sicherung|rechenzentr|location|storage|standort|kopie|copies|data|speicher|database|separat ! keine',
    'off site|offsite ! meeting|encrypt',
    'sicherungsmedien|backup medi|backup tapes|sicherungsbaender & aufbewahr|storage|stored|safe|sicher|gelagert|ausgelagert|outside|location ! vernicht',
    'aufbewahrung~(sicherung|backup)|getrennte aufbewahrung|strict organi[sz]ational separation',
    'onedrive|s3|backblaze|r2. & backup',
  ],
  'backup-monitoring': [
    'backup|sicherung|datensicherung|sicherungsvorgang|sicherungslauf & monitor|ueberwach|kontroll|alert|alarm|benachrichtig|notif|review|report|check|geprueft|protokoll|logged|recorded|log.|success|erfolg|fail|fehler|faulty|incomplete|verif ! restore|wiederherstell|test|sicherungsprotokoll mit|power|restor|rotation|kontrolle des auftragsverarbeiters|sicherheits|versicherung|konzept|concept',
    'backup+(monitor|protokoll|report|alert|log|ueberwach|kontrolle|failure|fehler)|sicherungs+(protokoll|kontrolle|ueberwach)|backup routines|backup routinen|backup process is ! sicherheits',
  ],
  'backup-concept': [
    'wiederherstell|restored|restore & aus den~sicherung|aus~backup|from~backup|in the case of interruption|in case of interruption ! test',
    'wiederherstellung erfolgt|restore procedure|recovery procedure|backup und wiederherstellungssystem|recovery konzept|backup+konzept|backup+concept|datensicherungskonzept ! test',
    'backup|datensicherung|sicherung|recovery|restore|wiederherstell|data recovery & concept|konzept|polic|strategy document|plan.|plans.|richtlinie|documented|dokumentiert|procedure|verfahren|guideline|leitlinie|leitfaden|system|process|prozess|anweisung ! contingency|notfall|disaster|emergency|business|test|drill|incident|vorfall|change management|monitor|deletion|versich|sicherheits|code|ueberpruef|certified|encrypt',
    'backup+(and|und)?~?(recovery|wiederherstellungs|restore)?~?(concept|konzept|policy|plan)|datensicherungs+(konzept|richtlinie|plan)|sicherungs+konzept|backup+(konzept|concept|policy)|wiederherstellungs+(konzept|plan|verfahren|prozess)|recovery+(concept|procedure)|restore+(procedure|process|endpoint|prozess)|recovery verfahren ! sicherheitskonzept|sicherungskonzept it|disaster|test',
    'wiederherstell|restore|restored|recover & backup|sicherung|interruption|ausfall|daten|data|system|stoerung|json|letzten|moeglich|erfolgt|ermoeglich|rasch|schnell|quickly ! test|verifikations|restore test|within the normal|platform|uebung|drill|regelmaess|exercise|rto|rpo|notfall|measures|massnahmen|ability|faehigkeit|delete|password|passwort|key|key recovery|platform|incident|managed|point in time|backups are handled|handled|fall eines physischen|physical or technical',
  ],
  'source-config-backup': [
    'repositor & mirror|gespiegelt|spiegel|gesichert|backup ! container',
    'source code|quellcode|configuration|konfiguration|operating system image|betriebssystem image|system image|infrastructure code|code repositor & backup|sicherung|gesichert|mirror|spiegel|snapshot|backed up|images ! review|monitor|drift|version|aenderung|schema|secrets|security config|datenbankinhalt',
    'quellcode+(sicherung|backup)|source+code+backup|konfigurations+(sicherung|backup)|configuration+backup|repository+(mirror|spiegel|backup)|system+image|reproduzierbar aus dem repo|infrastructure as code|operating system images',
  ],
  redundancy: [
    'redundan|high+availab|highly+available|hoch+verfueg|ausfallsicher|failover|fail over|multi+az|multiple availability|verfuegbarkeitszone|availability+zone|replicat|replikat|replica.|load+balanc|last+verteil|auto+scal|automatische~skalier|cluster|hot standby|standby|cdn.|content delivery|ersatz+(hardware|system|geraet)|spare+(part|hardware)|geo redund|sla.|uptime|automatic restart|auto restart|mehrere carrier|kubernetes|doppelte auslegung|n 1 ! power|strom|usv|backup|ups|raid|disk|monitor|netzteil|data only|read only|secret|ausfallsicherheit der strom|datensparsam|session|sicherungsebenen|speicher|fallback only|redundante datenhaltung vermeid|design',
    'verfuegbarkeit|availability|uptime & 99|sla.',
    'redundante~(netz|server|infra|system|internet|anbindung|hardware)|redundant~(network|server|infra|system|internet|connection|hardware|power and)|multi az|redundanz & aws|server|hoster|plattform|infrastr|cloud',
    'high availability and redundancy|spiegelserver|parallel operated|automatische skalierung',
  ],
  raid: [
    'mirrors its disks|mirrored disks|disk mirror|gespiegelte (platten|festplatten|laufwerke)',
    'raid|festplatten+spiegel|disk+mirror|hard disk mirror|plattenspiegel|mirrored (disk|drive)|gespiegelte~(platte|festplatte|speicher)|speicher+spiegel|zfs mirror|storage mirroring|mirroring of hard',
  ],
  ups: [
    'ups.|usv.|uninterrupt|unterbrechungs+frei|emergency+(power|generator|diesel)|not+strom|netz+ersatz|diesel|power+generator|surge|ueberspannung|battery|batterie|backup+power|redundant power|redundante stromversorgung|strom+(puffer|versorgung)|power+(supply|disruption|failure|outage)|schutzsteckdose|notstromaggregat|stromausfall ! battery level|laptop',
  ],
  'environmental-protection': [
    'fire|smoke|feuer|rauch|brand.|brandschutz|brandmeld|loesch+(anlage|gas|system|mittel)|extinguish|sprinkler|klima+(anlage|tis|geraet|technik)|klimati|air+con|hvac|climate|cooling|kuehlung|temperatur|temperature|humid|luftfeucht|wasser+(schaden|melder|sensor|schutz)|water+(leak|damage|sensor|detect)|flood|hochwasser|blitz+schutz|lightning|environmental+(threat|protect|control|hazard|monitor|security)|umwelteinfl|elementarschad|brandabschnitt|feuerfest|feuchtigkeit ! firewall|fire wall|crossfire|feuerwall|rapid fire|firebase|firestore|backup|sicherung|datensicherung|safe|forge|brandenburg',
    'brandschutz|feuerloescher|rauchmelder|brandmelder|fire detection|fire extinguish|fire suppress|air condition|klimaanlage',
  ],
  'ddos-protection': [
    'ddos|denial+of+service|waf.|web+application+firewall|anti+ddos|edge+protection|traffic+scrub|ueberlast+(schutz|ung)|overload+protect|per tenant quot|quota|rate+limit & api|ddos|ueberlast|overload|availability|load ! login|auth|proxy layer|brute',
    'ddos|denial of service|waf.|web application firewall|schutz vor ueberlast',
  ],
  'system-monitoring': [
    'outages?.|ausfaelle|ausfall|stoerungen|failures & alert|alarm|benachrichtig|notif ! strom|power|usv|backup|notfall',
    'monitoring & siem',
    'monitoring+(system|dienst|service|tool)|server+monitoring|uptime|prometheus|zabbix',
    'monitoring|ueberwachung|ueberwacht|monitored|health+check|alerting|alarmierung|uptime|status monitoring|observability|error+tracking|fehler+(tracking|ueberwachung|erkennung)|metrics|metriken|liveness|probe|alerts & system|server|service|dienst|infrastruct|infrastruktur|availab|verfueg|network|netzwerk|performance|leistung|application|anwendung|it.|platform|plattform|docker|auto|prometheus|grafana|sentry|nagios|zabbix|telegram|24|cloud|storage|speicher|betrieb|outage|ausfall|stoerung|fehler|error|temperatur only|resource|auslastung|on all ! video|backup|sicherung|security event|sicherheitsereig|sicherheitsrelevant|premises|entrance|eingang|access to|zugriff|dashboard|contract|processor|dienstleister|log only|compliance|dsb|kamera|temperatur|humid|luftfeucht|serverraum|alarmanlage|intrusion|platform dashboards|auftrag|application performance|full stack|wachdienst|remote access|notification|vulnerab|drift|fernwartung|externe|dependency|data subject|massnahmen|measures|visitor|besuch|status page|dsgvo|threat|anomal|burglar|suspicious|privacy|datenschutzbeauftragt|aktualisier|breach|siem|datenschutz',
    'health+check|uptime+monitor|server+monitoring|system+(monitoring|ueberwachung)|monitoring+(system|dienst|service|tool|software|loesung)|it+monitoring|error+tracking|infrastructure+monitoring|netzwerk+monitoring|network+monitoring|prometheus|grafana|zabbix|nagios|icinga|pagerduty|uptime kuma|statuscake|pingdom|checkmk|sentry|datadog|betterstack|liveness ! backup|security mon|video',
    '^monitoring$|^alerting$|^systemueberwachung$|^ueberwachung$|monitoring und alarm|monitoring and alert|faults are reported|stoerungen fruehzeitig|automatische fehler+erkennung|strukturierte fehlermeldungen',
    'ueberwacht|monitored|laufende kontrolle & verfueg|availab|leistung|systemzustand|rund um die uhr|continuous|functioning|24 7 ! video|access|backup|besuch',
  ],
  'application-performance-monitoring': [
    'response times?|antwortzeit',
    'performance & application|anwendung & monitor|ueberwach|measur|gemessen ! contract',
    'application+performance|apm.|performance+(monitor|metric|metriken|tracking|data|ueberwach)|leistungs+ueberwach|tracing|full stack~monitor|anwendungs+(ueberwach|leistung|monitor)|error+tracking|fehler+tracking|response time|antwortzeit|new relic|dynatrace|datadog|sentry|application monitoring & monitor|ueberwach|metric|metrik|track|tracing|performance|leistung|sentry ! contract|vertrag|supplier|network performance',
    'application performance monitoring|apm.',
  ],
  'platform-status-monitoring': [
    'status+(messages|meldungen|page|seite) & provider|anbieter|cloud|hoster|platform|plattform',
    'status+(page|seite|meldung|dashboard)|service+health|incident notification|platform dashboard|plattform & monitor|ueberwach|verfolg|abonn|subscri|follow|watch|track|provider|hoster|platform|azure|aws|cloud ! order status|own status page only',
    'stoerungsmeldungen|incident notifications & platform|plattform|hoster|provider|dashboard|anbieter|atlassian',
    'platform+(incident|status|dashboard)|statuspage',
  ],
  'load-test': [
    'load+test|last+test|stress+test|belastungs+test|performance+test|capacity+test|kapazitaets+(test|planung)|peak load|leistungs+test|capacity+planning|execution load',
  ],
  'failsafe-design': [
    'degrades? gracefully|graceful|fail safe|restart automatically|startet automatisch|automatischer neustart ! degradiert|update',
    'fail+(safe|closed|secure|soft)|kill+switch|graceful+degrad|offline+first|circuit+breaker|safe state|notfall+pause|emergency+pause|restart+(policy|always)|auto+restart|automatisch~neustart|selbststart|wiederanlauf~automatisch|do not deploy|deploy guard|abschaltbar|pausierbar|fault tolerant|fehlertoler|self healing|stateless function|sync queue|netzausfall ! degradiert',
    'fail safe|failsafe|kill switch|kill switches|graceful degradation|circuit breaker|offline first|auto restart|automatischer neustart|neustart|do not deploy ! degradiert|server neustart nach update',
  ],
  'operations-manual': [
    'operation|operating|betriebs|operational & manual|guideline|concept|konzept|handbuch|procedure|dokumentation|richtlinie|fuehrungskonzept|documentation ! emergency|notfall|password|incident|backup|security incident|recovery',
    'betriebs+(handbuch|konzept|dokumentation|fuehrungskonzept|anweisung|richtlinie)|operations+(manual|handbook|guideline)|operating+(manual|procedure|instruction)|standard operating|runbook|technische dokumentation|technical documentation|system+dokumentation|system documentation|system+handbuch|administrator manual|admin handbuch ! incident|security|notfall|emergency|einhaltung|vorfall|ransom',
    'guidelines for regular processes|operation guideline',
  ],
  'restore-test': [
    'practise recovery|practice recovery|wiederherstellung & geprobt|geuebt|getestet|probe|tested ! plan|notfall',
    'recover|restor & practis|rehears|trial|drill',
    'ueberpruefung~(daten)?wiederherstell|review of restor|recovery capab',
    'restore+test|recovery+test|wiederherstellungs+test|test~(wiederherstell|restor|recover)|tests? zur datenwiederherstellung',
    'restor|recover|wiederherstell|rueckspiel|ruecksicher|datenrettung|wiedereinspiel|backup & test|drill|getestet|tested|uebung|exercise|probe|verif|trial|validated|geprueft ! disaster|dr test|password|emergency|incident|notfalluebung|sandboxing|penetration|contingency|fehlerhaft|konzept wird regelmaessig gepr|plan|backup monitor|security tests|webhook',
    'restore+test|recovery+test|wiederherstellungs+(test|uebung|probe)|ruecksicherungs+test|restore+drill|test~(restor|recover|wiederherstell|datenwiederherstell|ruecksicherung|backup)|tests?~(data recovery)|probe+wiederherstellung|testweise wiederherstell|verifikations restore',
  ],
  'recovery-objectives': [
    'rto.|rpo.|recovery+(time|point)|wiederanlauf+(zeit|ziel)|wiederherstellungs+(zeit|ziel|punkt)|maximal~ausfallzeit|maximum~downtime|mttr.|datenverlustzeit',
  ],
  'contingency-plan': [
    'notfall+wiederherstell',
    'notfall+(plan|konzept|handbuch|vorsorge|massnahme|plaene)',
    'notfall~wiederanlauf|wiederanlauf+(plan|konzept)',
    'emergency+(plan|concept|manual)|contingency+plan|disaster+recovery+plan|business+continuity|continuity+plan|dr+plan',
    'eskalationsplan',
    'emergency plan|disaster recovery ! test|drill|exercise',
    'notfall|emergency|contingency|disaster|business+continuity|continuity|wiederanlauf|krisen|crisis|bcm.|bcp.|dr.|ausfall|eskalation|katastroph & plan|plaene|konzept|handbuch|management|procedure|verfahren|massnahme|process|prozess|concept|manual|strategie|vorsorge|team|recovery ! power|strom|generator|diesel|uebung|exercise|wiederanlaufzeit|sicherheitsvorfaell|incident response|dr test|test|zugang|konto|lamp|security incident|antwortzeit|session|contact|fluchtweg',
    'notfall+(plan|konzept|handbuch|management|vorsorge|massnahme|prozess|organisation)|emergency+(plan|concept|manual|response plan|management)|contingency+plan|disaster+recovery|business+continuity|continuity+plan|dr+plan|wiederanlauf+(plan|konzept)|krisen+(plan|management|stab)|bsi+100 4|bsi+200 4|notfallkonzept|runbooks? & ausfall|outage|region ! test|uebung|exercise|drill',
  ],
  'emergency-exercise': [
    'notfall|emergency|incident|disaster|dr.|contingency|krisen|crisis|katastroph|vorfall|ransomware|failover|continuity|tabletop & uebung|exercise|drill|test|simulat|probe|rehears|training exercise|table top ! restore test|penetration|wiederherstellungstest|stromgenerator|power|employ|code',
    'notfall+(uebung|test|probe|training)|tabletop|table top|disaster recovery test|dr+test|incident+response+(exercise|uebung|test|drill)|emergency+(drill|exercise|test)|failover+test|krisen+uebung|fire drill|tests der incident',
  ],
} satisfies Entries
