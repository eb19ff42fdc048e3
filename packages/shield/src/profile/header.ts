/**
 * What the name of a column says about what is in it: German, English and French words, in the ways that people and programs
 * write them (`birthDate`, `GEB_DATUM`, `date de naissance`).
 */

/** A column's name as words: lower case, without accents, cut at what separates and at capitals. */
export function wordsOf(name: string): string[] {
  return name
    .replaceAll(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .split(/[^a-z0-9]+/u)
    .filter((word) => word !== '')
}

/**
 * Rules, the first that fits counts. Words apart by a space must come one after the other, and are whole words; a word that
 * begins with `~` may be a part of one, as German compounds have it, and one that begins with `=` is the whole name: `last` is a name of
 * people, `last login` is not.
 */
const rules: readonly (readonly [type: string, words: string])[] = [
  // What looks like another rule's word and is none.
  [
    'harmless',
    'product name|article name|item name|file name|filename|host name|hostname|column name|table name|event name|event type|app name|plan name|produktname|artikelname|dateiname|nom du produit|nom fichier|nom de fichier',
  ],
  [
    'harmless',
    'name of product|display order|sort name|brand name|markenname|class name|service name|package name|branch name|project name|projektname',
  ],
  ['email', '~email|~mail|e mail|courriel|mel'],
  [
    'phone',
    '~phone|~telefon|~tel|tel|mobile|mobil|handy|~handynummer|cell|cellphone|fax|~telefax|~rufnummer|portable|gsm|msisdn',
  ],
  [
    'iban',
    '~iban|account no|account number|konto|~kontonummer|kontonr|~bankverbindung|compte bancaire|numero de compte',
  ],
  ['bic', 'bic|swift'],
  [
    'card',
    'card number|card no|cardnumber|creditcard|credit card|~kreditkarte|~kartennummer|pan|carte bancaire|numero de carte|carte',
  ],
  [
    'birth-date',
    'birth date|birthdate|date of birth|dob|birthday|born|born on|~geburtsdatum|~geburtstag|geb datum|gebdatum|geb dat|gebdat|geboren|geboren am|geb|date de naissance|date naissance|naissance|ne le|nee le|ne e le|=ne|=nee|birth',
  ],
  ['birth-place', 'birth place|birthplace|place of birth|~geburtsort|lieu de naissance'],
  [
    'given-name',
    'first name|firstname|given name|givenname|fname|forename|middle name|middlename|~vorname|~rufname|prenom|prenoms|christian name|vname|=first|=given|=middle|=vor',
  ],
  [
    'family-name',
    'last name|lastname|family name|familyname|lname|surname|maiden name|~nachname|~familienname|~zuname|~geburtsname|nom de famille|nom famille|nom de naissance|nname|nom|=last|=family|=sur|=nach',
  ],
  [
    'de.idnr',
    '~steuerid|steuer id|~steueridentifikationsnummer|steuer identifikationsnummer|idnr|tax id|~steuernummer|tin|numero fiscal',
  ],
  [
    'national-id',
    'national id|~sozialversicherungsnummer|sozialversicherung|~svnummer|sv nummer|sv nr|svnr|rvnr|social security|ssn|nino|national insurance|nir|numero de securite sociale|securite sociale|insee|bsn|pesel|ahv|~ahvnummer|avs|personnummer|fodselsnummer|cpr|dni|nie|nif|codice fiscale|codicefiscale|egn|cnp|oib|amka|national number|rijksregisternummer|nhs|nhs number|~versichertennummer|kvnr|~krankenversichertennummer|~versicherungsnummer|insurance number|passport|passport no|passport number|~reisepass|~reisepassnummer|~passnummer|passeport|~personalausweis|~ausweisnummer|ausweis|id card|identity card|carte d identite|~fuehrerschein|driver license|drivers license|driving licence|permis de conduire',
  ],
  ['plate', '~kennzeichen|license plate|licence plate|number plate|plate|immatriculation|plaque'],
  ['vin', 'vin|~fahrgestellnummer|chassis|fin'],
  [
    'username',
    'username|user name|login|login name|~benutzername|~nutzername|~benutzerkennung|~anmeldename|identifiant|pseudo|nickname|screen name|account name|handle|uid name|samaccountname|upn',
  ],
  [
    'secret',
    '~password|~passwort|~kennwort|passwd|pwd|secret|api key|apikey|access token|accesstoken|refresh token|token|private key|mot de passe|pin|tan|session|session id|sessionid|cookie|auth',
  ],
  [
    'ip',
    'ip|ip address|ipaddress|ip addr|ipv4|ipv6|remote addr|remote address|client ip|clientip|source ip|src ip|src|dst ip|adresse ip|ip adresse',
  ],
  ['mac', 'mac|mac address|macaddress|mac adresse|adresse mac|hwaddr'],
  [
    'geo',
    'lat|lon|lng|long|latitude|longitude|coordinates|coords|geo|gps|location point|~koordinaten|breitengrad|laengengrad',
  ],
  ['postcode', '~postleitzahl|plz|zip|zip code|zipcode|postal code|postalcode|postcode|post code|code postal|cp|npa'],
  [
    'street',
    '~strasse|str|street|street address|address line|address line 1|address1|address 1|addr1|~hausnummer|hausnr|hnr|house number|rue|adresse 1|line1|line 1|voie|numero de rue',
  ],
  ['place', 'city|town|village|ort|~wohnort|stadt|gemeinde|ville|commune|localite|place|residence|suburb|district'],
  [
    'address',
    '~adresse|~anschrift|address|addr|mailing address|domicile|lieu de residence|shipping address|billing address',
  ],
  [
    'organisation',
    '~firma|company|company name|organisation|organization|~unternehmen|employer|~arbeitgeber|societe|entreprise|raison sociale|org',
  ],
  ['gender', 'gender|sex|~geschlecht|sexe|~anrede|salutation|civilite|title'],
  [
    'nationality',
    'nationality|~staatsangehoerigkeit|citizenship|nationalite|religion|~konfession|confession|ethnicity|marital status|~familienstand|etat civil',
  ],
  [
    'subject-id',
    '~kundennummer|kunden nr|kundennr|kunden id|kundenid|kd nr|kdnr|customer id|customerid|customer no|customer number|client id|client no|client number|patient id|patientid|~patientennummer|patient no|user id|userid|~benutzer id|member id|~mitgliedsnummer|mitglied id|employee id|employee no|employee number|~personalnummer|pers nr|persnr|personal nr|person id|personid|~mitarbeiternummer|mitarbeiter id|subscriber id|account id|accountid|contact id|contactid|numero client|no client|id client|matricule|student id|~matrikelnummer|matrikel nr|~versichertenid|lead id|device id|deviceid|visitor id|cookie id|advertising id|idfa|gaid|imei|imsi|iccid|serial|serial number',
  ],
  [
    'name',
    'name|full name|fullname|display name|displayname|contact|contact name|contact person|~ansprechpartner|kontakt|~kontaktperson|person|customer|customer name|client name|client|kunde|~kundenname|patient|patient name|employee|employee name|mitarbeiter|~mitarbeitername|user|owner|~inhaber|account holder|~kontoinhaber|cardholder|card holder|holder|titulaire|author|autor|auteur|recipient|~empfaenger|sender|~absender|destinataire|expediteur|assignee|assigned to|~bearbeiter|sachbearbeiter|created by|updated by|modified by|signed by|approved by|nom complet|nom et prenom|nom prenom|prenom nom|personne|vor und nachname|doctor|arzt|~hausarzt|physician|medecin|betreuer|guardian|spouse|ehepartner|emergency contact|member|mitglied',
  ],
  [
    'text',
    'note|notes|comment|comments|~bemerkung|~bemerkungen|~notiz|notizen|~kommentar|~anmerkung|~anmerkungen|description|~beschreibung|message|~nachricht|body|text|content|inhalt|details|remark|remarks|feedback|subject|betreff|objet|remarque|remarques|commentaire|commentaires|freitext|free text|transcript|diagnosis|~diagnose|anamnese|history|verlauf|memo|log|summary|~zusammenfassung|~verwendungszweck|reference text|purpose',
  ],
  ['url', 'url|uri|link|referer|referrer|website|homepage|~webseite|site web|avatar|picture|photo|request'],
]

interface Rule {
  readonly type: string
  readonly phrases: readonly (readonly string[])[]
  /** The whole of a name. */
  readonly whole: readonly string[]
  readonly parts: readonly string[]
}

const compiled = rules.map(([type, words]): Rule => {
  const all = words.split('|')
  return {
    type,
    phrases: all.filter((word) => !/^[~=]/u.test(word)).map((phrase) => phrase.split(' ')),
    whole: all.filter((word) => word.startsWith('=')).map((word) => word.slice(1)),
    parts: all.filter((word) => word.startsWith('~')).map((word) => word.slice(1)),
  }
})

/**
 * The type that a column's name says, and how clearly: 1 where the name is nothing but that, less where it has other words, too.
 * Undefined where it says nothing. Of a path (`user.contact.email`) the last part counts, then the ones before.
 */
export function typeByName(name: string): { readonly type: string; readonly clarity: number } | undefined {
  const parts = name.replaceAll('[]', '').split('.').toReversed()
  for (const [place, part] of parts.entries()) {
    const found = byWords(wordsOf(part))
    if (found !== undefined) return { type: found.type, clarity: found.clarity * 0.8 ** place }
    // `user.id` and `contact.value` say it together.
    if (place > 1) break
  }
  return undefined
}

function byWords(words: readonly string[]): { readonly type: string; readonly clarity: number } | undefined {
  if (words.length === 0) return undefined
  const found = compiled.flatMap((rule, order) => {
    const length = Math.max(
      0,
      ...rule.phrases.filter((phrase) => contains(words, phrase)).map((phrase) => phrase.length),
    )
    const part = rule.parts.some((each) => words.some((word) => word.includes(each))) ? 1 : 0
    const whole = rule.whole.includes(words.join(' ')) ? words.length : 0
    const covered = Math.max(length, part, whole)
    return covered === 0 ? [] : [{ type: rule.type, covered, order }]
  })
  // `card holder` says more than `card`, `birth place` more than `birth`.
  const best = found.toSorted((one, other) => other.covered - one.covered || one.order - other.order)[0]
  return best === undefined ? undefined : { type: best.type, clarity: 0.5 + 0.5 * (best.covered / words.length) }
}

function contains(words: readonly string[], phrase: readonly string[]): boolean {
  return words.some((_, at) => phrase.every((word, index) => words[at + index] === word))
}
