import type { Entries } from './entries.ts'

/** Rules for measures of the control group "Weitergabekontrolle": transmission, transport, places of processing. */
export const transfer = {
  vpn: [
    'vpn|virtual+privat+(e)? ?network|virtuell~privat~netz|virtuelles privates|wireguard|openvpn|ipsec|site to site|tailscale|vpn tunnel|zero trust network access|ztna',
    'verschluesselt~tunnel|encrypted tunnel|gesicherte~tunnel|verschluesselte~aussenstell|netzwerkverbindungen zu aussenstell',
    '(cloudflared?|ssh|secure|verschluesselt[a-z]{0,3}|gesichert[a-z]{0,3}|reverse) tunnel',
  ],
  'email-encryption': [
    'mail+(anhang|anhaenge|anhaengen|attachment)|anhaenge & verschluess|encrypt|passwor|protected',
    'passwort+geschuetzt|password protected & dokument|document|datei|file',
    'email|e mail|mail.|mails.|mailverkehr|smtp|attachment|anhang|anhaeng & encrypt|verschluess|pgp|s mime|smime|secure|sicher|signed|signier|tls|dkim|dmarc|starttls ! verification|verif|masked|reset|password hash|hash|notification about|anmeld|smtp credential|graph api|masked|google|cookie',
    'pgp.|gpg.|s mime|smime|dkim|dmarc|spf.|mail+verschluess|email+encrypt|email+verschluess|de mail|starttls',
    'password+protected~(document|file|zip|attachment)|passwort+geschuetzte~(dokument|datei|zip|anhang|pdf)|passwortschutz~dokument|getrennt~kennwort|separate channel|separaten kanal|kennwortuebermittlung|secure+(file|document) (exchange|sharing|transfer)|sicherer datenaustausch|dokumentenaustausch|datenraum|data room|secure messag',
    '! email+(address|adress) & field|feld|database|datenbank|name|pseudonym|mask|column|spalte',
    '! backup|backups|sicherung|sicherungen|dump & gpg|pgp ! email|mail',
    'attachments?|anhaenge|anhang & password|passwor|kennwort|encrypt|verschluess|geschuetzt|protected',
  ],
  'no-third-party-disclosure': [
    'datenweitergabe & ohne|vermeid|verbot|nur',
    'no data transfer & third',
    'not disclosed|not exposed & third',
    'third part|dritte|dritten|dritter|others & no|not|never|kein|nicht|keine|niemals|without consent|ohne zustimmung|ohne einwilligung|prohibit & disclos|transfer|transmi|shar|pass|sell|sold|expos|weitergab|weitergeg|uebermittl|offenleg|offengelegt|verkauf|zugaenglich|weiter ! access to hardware|third country|drittland|zutritt|subprocess|zugang zur|engage|anonym',
    'keine~weitergabe|kein verkauf|no~disclosure|no data transfer to|not disclosed|not sold|nicht verkauft|weitergabe nur|weitergabe & genehmig|zustimmung|freigabe|erlaubt|befugt|autoris|nur ! schluessel|anonymisierter|passwortvergabe|verschluesselt',
    'disclosure|disclos|sharing & only|approv|consent|authori[sz]|explicit|legal obligation ! entry|access to premises|measures|control',
    'genehmigung der weitergabe|external resources|externe~ressourcen|keine drittanbieter|no third party (script|resource|cookie)|kein cloud bezug|keine cdn',
  ],
  'disclosure-logging': [
    'empfaenger|recipient|weitergabe|disclosure|transfer|uebermittl|transmission|datenempfaenger|datenuebertragung|versand|abruf und uebermittlung|exports? & dokument|document|protokoll|logg|logs|record|verzeichnis|uebersicht|overview|list.|traceab|nachvollzieh|verif|identif ! incident|zugriffe|breach|subprocess|transferred to third|international|ergebnis|change|eingabe|tls|https|encrypt|empfangsprotokoll|anonymisierter|schluessel|key transfer|sperrung|personen in der|zutritt|drittland|notification|notice|wiederherst|recover|minimier|entered|log files',
    'empfangs+(protokoll|bestaetigung)|uebermittlungs+(protokoll|nachweis)|delivery+receipt|lieferschein|transmission log|weitergabe+protokoll',
    'transfers are~logged|transfers? & logged',
    'dauer der~ueberlassung|loeschfristen der empfaenger',
  ],
  'secure-media-transport': [
    'handed over in person|persoenlich uebergeben|personal handover',
    'transport|versand|shipping|shipment|courier|kurier|uebergabe|handover|dispatch|boten & media|medium|container|behaelt|datentraeger|data carrier|personal|physical|physisch|akten|papier|document|sicher|secure|locked|verschlossen|sorgfaeltig|persoenlich|seal|versiegelt|box|transportierten|fahrzeug|unternehmen ! transport layer|transport encryption|transportverschluess|https|transit|tls|disposal|electronic transmission|elektronische uebertragung|measures to ensure|massnahmen, die|during electronic|entsorg',
    'courier|kurier|transport+(behaelter|behaeltnis|box|container|personal|unternehmen|fahrzeug|koffer|sicherung)|registered mail|einschreiben|persoenliche uebergabe|tamper evident|physical transport|physischer transport',
    'couriers?.|kurier|bote & physical|physisch|post.|form',
    'datentraeger|media|akten|papier|paper|tapes|documents & behaelter|behaeltnis|boxes?|koffer|container|sealed|verschlossen|versiegelt|tasche|couriers? & befoerder|transport|carr|versand|ship|mitgenommen',
  ],
  'data-location-eu': [
    'eu.|european union|europaeisch|eea.|ewr.|germany|deutschland|deutsch|german|frankfurt|falkenstein|nuernberg|nuremberg|finland|finnland|helsinki|ireland|irland|dublin|paris.|amsterdam|berlin|munich|muenchen|eu central|eu west|europe west|westeurope|west europe|schweiz|switzerland|zuerich|oesterreich|austria|netherlands|france|wien|vienna|eu region|eu frankfurt|inland & host|data cent|datacent|rechenzentr|region|locat|standort|server|stored|gespeichert|process|verarbeit|cloud|speicher|storage|aws|azure|google|hetzner|data|backup ! law|recht|standard contractual|standardvertrag|directive|regulation|verordnung|buero|gmbh|dpf|privacy shield|privacy framework|data processing agreement|dsgvo|adequacy|transponder|supervis|act.|zweites rechenzentrum|off site|iso 27001, t|office in',
    'eu+(standort|rechenzentr|datacent|data cent|region|datenverarbeitung|server|hosting|cloud)|datenstandort|data+(residency|location)|rechenzentren? in (der eu|deutschland|europa)|hosted in (the eu|germany|europe)|ausschliesslich in (der eu|deutschland|europa)|serverstandort|keine~verarbeitung in drittl|no~(transfer|processing) outside (of )?the (eu|eea)|europe west|eu central|eu west ! iso only',
    'frankfurt & google|aws|azure|cloud|railway|supabase|vercel|postgres|firestore|storage|region|hetzner ! zweites',
    '! uhr & europe berlin|europe',
  ],
  'third-country-safeguards': [
    'standard+contractual+clause|standard+vertrags+klausel|standardvertragsklausel|eu standard~klausel|scc.|sccs.|binding+corporate+rule|bcr.|data+privacy+framework|dpf.|adequacy|angemessenheits+beschluss|transfer+impact|tia.|third+countr|drittland|drittlaend|drittstaat|international+transfer|internationale~uebermittl|privacy shield|art 46|article 46|kapitel v|chapter v|outside the (eu|eea|european) ! no processing|keine verarbeitung in drittl|kein unbemerkt|kategorien von',
    'garantien|safeguards|guarantees & art 46|artikel 46|article 46|drittl|third countr',
  ],
  'web-app-hardening': [
    'security+header|content+security+policy|csp.|x frame|referrer+policy|hsts|strict transport',
    'csrf|xsrf|xss.|clickjack|samesite|httponly ! gitlab',
    'security+header|content+security+policy|csp.|x frame|x content type|referrer+policy|hsts|strict transport|httponly|http only & cookie|samesite|same site|csrf|xsrf|xss|clickjack|secure+cookie|cross site|subresource integrity|permissions policy|corp.|coop. ! corporate',
    'cookie & secure|https|httponly|samesite|skripte|scripts|fremdseiten|sicher|flag ! consent|keine cookies|no cookies|tracking|analytics|banner|einwilligung',
    'owasp+top & web|header|schutz|protect',
    '! sanitiz|sanitis|parametri|parameteri & injection ! csp|header|csrf|cookie|hsts',
    '! https & enforced|erzwungen ! csp|header|cookie|csrf|xss',
  ],
  'egress-control': [
    'egress|outgoing|outbound|ausgehend & limit|restrict|allow+list|permitted|block|beschraenk|freigegeben|erlaubt|control|kontroll|filter ! verschluessel|encrypt|tls|https|api call',
  ],
} satisfies Entries
