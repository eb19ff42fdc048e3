/** Articles and recitals that a document quotes, with or without a quotation mark in front. */
const QUOTED_LAW = /^\W{0,4}["“„«»]\s?(article|artikel|art\.|§|recital|erwägungsgrund|\(\d{1,3}\))/iu
const RECITAL = /^\W{0,4}(recitals?|erwägungsgr(u|ü)nde?)?\W{0,5}\(\d{2,3}\)\s/iu

/** Whether a paragraph starts to quote a provision; the quotation lasts until {@link endsQuotation} holds. */
export function opensQuotation(text: string): boolean {
  return QUOTED_LAW.test(text)
}

/** Whether a quoted passage ends in this paragraph. */
export function endsQuotation(text: string): boolean {
  return /["”“«»]\W{0,4}$/u.test(text)
}

/** Whether a text is a recital by its number in brackets. */
export function isRecital(text: string): boolean {
  return RECITAL.test(text)
}

const ASIDE_HEADING =
  /^\W*(\d[\d.]*\s*|§ ?\d+\s*)?(inhalte?|inhaltsverzeichnis|(table of )?contents|definitions?|begriffe|begriffsbestimmungen|glossar(y)?|recitals?|erwägungsgründe|haftung\b.{0,30}|liability\b.{0,30}|indemni\p{Ll}+|freistellung|schlussbestimmungen|final provisions|bußgelder\b.{0,20})\W*$|\b(verknüpfung|verknüpfte|verwandte|mitgeltende|related|associated)\b.{0,20}\b(dokument|document)|\b(häufige|typische|common|frequent)\s+(verstöße|fehler|mistakes|violations|pitfalls|errors)|\b(art(en)?|kategorien?|categor(y|ies)|types?)\s+(der|of|von)\s+((verarbeiteten|personenbezogenen?|processed|personal)\s+)*(daten|data)\b/iu

/** Whether a heading opens a section that holds no measures: contents, definitions, kinds of data, liability, usual mistakes. */
export function headsAside(heading: string): boolean {
  return ASIDE_HEADING.test(heading)
}

/** Whether the lead-in of a list announces pieces of information or kinds of data rather than measures. */
export function leadsAside(leadIn: string): boolean {
  return (
    /:\W*$/.test(leadIn) &&
    /\b(meldung|mitteilung|benachrichtigung|notification|notice|report)\b.{0,60}\b(enthält|umfasst|beinhaltet|contains?|includes?)\b|\b(folgende|following)\b.{0,40}\b(datenarten|datenkategorien|daten|data|types of data|categories of data|angaben|informationen|information)\b.{0,40}\b(verarbeitet|erhoben|processed|collected|provided|übermittelt)|^\W*inhalte?\W*$/iu.test(
      leadIn,
    )
  )
}

/** Whether the header belongs to a table that explains instead of telling what is done: categories with examples, mistakes with their avoidance. */
export function isExplainingTable(cells: readonly string[]): boolean {
  const names = cells.map((cell) => cell.toLowerCase().trim())
  const any = (pattern: RegExp) => names.some((name) => pattern.test(name))
  if (any(/^(verstoß|verstöße|fehler|violation|mistake|vermeidung|avoidance|pitfall)/u)) return true
  return any(/^(beispiele?|examples?)$/) && !any(/maßnahme|measure|status|umsetz|implement|verantwort|responsib/)
}

/** Whether a text addresses whoever fills the document in: orders in the polite form, notes on what belongs here. */
export function isAdvice(text: string): boolean {
  return (
    /^\W*(\d{1,2}[.)]\s*)?\p{Lu}\p{Ll}+en Sie\b/u.test(text) ||
    /\b(this|here) (needs? to|should|must) (refer|state|describe|contain|list|name|specify|explain)\b|\b(hier|bitte)\b.{0,60}\b(eintragen|einzutragen|einfügen|einzufügen|anzugeben|ergänzen|zu ergänzen|zu beschreiben)\b/iu.test(
      text,
    )
  )
}

const RECOMMENDS =
  /\b(recommend(s|ed|ing)?|empfehlen|empfiehlt|empfohlen|ratsam|advisable)\b|^\W*(hinweis|tipp|note|tip)\b.{0,120}\b(should|sollten?)\b|\b(customers?|clients?|users?|kund(e|en|innen)|auftraggeber|nutzer\p{Ll}{0,5}) (should|sollten?)\b|^\W*(examples?( of| include| are)|beispiele? (für|sind|hierfür))\b/iu

const DESCRIBES_PRODUCT =
  /^\W*(our|the|this|unsere?|der|die|das) (product|platform|service|software|application|app|website|tool|dienst|plattform|anwendung|produkt|lösung) (is an? |is the |dient |ermöglicht es |helps |offers |verarbeitet (namen|kontaktdaten|personenbezogene)|collects |processes (names|contact|personal))/iu

const LISTS_DATA =
  /^\W*(personal data|personenbezogene daten|log data|protokolldaten|account data|kontodaten|bestandsdaten|nutzungsdaten)( \p{L}+){0,3} (includes?|comprises?|are|sind|umfassen|beinhalten)( e\.g\.| z\.\s?b\.)? (?!(encrypted|stored|deleted|verschlüsselt|gespeichert|gelöscht|protected|geschützt|only|nur|pseudonym|anonym|processed|not|nicht|never|separat|getrennt|kept|hosted|logically|physically|backed))/iu

/** Whether a text tells only what could be done, or leaves a statutory duty as it is, or describes the product or its data. */
export function isMereOption(text: string): boolean {
  return (
    RECOMMENDS.test(text) ||
    DESCRIBES_PRODUCT.test(text) ||
    LISTS_DATA.test(text) ||
    /\b(können|kann)\b.{0,300}\b(eingesetzt|verwendet|genutzt|herangezogen|ergriffen) werden\b/iu.test(text) ||
    /\b(can|could|may) (also )?be (used|employed|deployed|provided|considered|taken)\b/iu.test(text) ||
    /\bbleib(t|en) (hiervon |davon )?unberührt\b|\bremains? unaffected\b/iu.test(text)
  )
}

const AGREEMENT =
  '(auftragsverarbeitungsvertrag|auftragsverarbeitungsvereinbarung|avv|av-vertrag|vertrag|vereinbarung|data processing (agreement|addendum|contract)|dpa|agreement|contract)'
const NAMES_ITSELF = new RegExp(
  `\\b(anlage|anhang|annex|appendix|schedule|exhibit|addendum|attachment)\\b[^.;|]{0,12}\\b(zum|zur|zu|to|of)( the| diesem| dieser| this)? ${AGREEMENT}\\p{L}{0,3}( \\([^)]{0,20}\\))?|\\b(dieses|diesem|dieser|diese|dieser|this|the present) ${AGREEMENT}\\p{L}{0,3}`,
  'giu',
)

/** A text without the words that name the document itself or point to another one: neither is a measure. */
export function withoutReferences(text: string): string {
  return text
    .replaceAll(NAMES_ITSELF, ' ')
    .replaceAll(/\((siehe|vgl\.?|see|cf\.) [^)]{3,80}\)/giu, ' ')
    .replaceAll(/(?<!\p{L})(siehe|vgl\.?|see|cf\.) [^.;|)]{3,80}/giu, ' ')
}
