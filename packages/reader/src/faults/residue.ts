import { isColumnHeader } from '../columns.ts'
import { fold } from '../normalise.ts'
import { inLines, linesOf, quote, type Detector, type Place } from './place.ts'

const PLACEHOLDER =
  /\[(?!\s*\]|x\]|\d+\]|[^\]]{0,200}\]\()(?=[^\]]{2,80}\])(?:\p{Lu}[\p{Lu}\d_ ./-]{2,80}\]|[^\]]{0,80}\b(?:todo|tbd|platzhalter|placeholder|einfügen|eintragen|ergänzen|festlegen|ausfüllen|insert|enter|specify|name|firma|unternehmen|company|datum|date|rolle|role|adresse|address|anbieter|provider|hosting|jährlich|optional|usv|verfahren|empfang|projektspezifisch)\b[^\]]{0,80}\])|\{\{[^}]{0,80}\}\}|<(?:…|\.{3}|name|firma|company|datum|date|[A-ZÄÖÜ][A-ZÄÖÜ _-]{2,30})>|\b(?:xx|XX) (?:Tage?|days?|Stunden|hours|Monate|months|Zeichen)\b|\bTBD\b|\bMuster ?(?:GmbH|AG|firma|stra(?:ß|ss)e|stadt)\b|\bMustermann\b|\(TODO\b|\[TODO\b|\byour company\b|_{5,}|\[●\]|\[\.{3}\]|\[…\]/u

const LOST_NAME =
  /\bHow (ensures|protects|guarantees|handles)\b|\b(use|services?|processing|provision) of by\b|\binto, which\b|\bDelimitation collects\b|[.!] has no \b|\b(However|Moreover|Therefore|Furthermore|In addition), (offers|has|collects|provides|uses|ensures|stores|processes)\b|\)\s+use for the\b|\bWie (gewährleistet|schützt|sichert)\b(?= *,? ?(dass|die|den|das)\b)|\b(Nutzung|Verwendung|Einsatz) von durch\b|\b(by|of|durch|von|bei) {2,}(and|und|is|ist|wird|werden|has|hat)\b/u

const LAYOUT =
  /\bskip to (main )?content\b|\bzum inhalt springen\b|\/Users\/[\w.-]+|\/home\/[\w.-]+\/|\b[A-Z]:\\\\?[\w]|technical measures\s*\|?\s*organi[sz]ational measures$|technische maßnahmen\s*organisatorische maßnahmen$/iu

const MISTRANSLATION =
  /\b(disconnection|passing|admission|forwarding|delivery|separability) control\b|\bUSV\b(?=[^\n]{0,80}\b(for|and|the|of)\b)|\bZugangskontrolle \((Räumlichkeiten|physische)|\bprivat networks?\b|\bmanuel (desktop|lock)|\bsecret(s)? for key\b|\bdata protection commissary\b|\border data processing\b/iu

const LEGAL =
  /§\s*9\s*BDSG(?! n)|\b95\/46\b|\bprivacy shield\b|\bTTDSG\b|\bDIN 32757\b|\bauftragsdatenverarbeitung|\blit\. ?(DSGVO|GDPR)\b|\blit\. [a-d] (FADP|DPA)\b|\bsafe harbou?r\b|\bBDSG \(alt\)|\bArt(ikel|\.)? ?17 (der )?Richtlinie\b|\b§ ?11 BDSG\b/iu

/** Group B: what a template, a copy or a translation has left behind. */
export const residue = {
  placeholder: inLines(PLACEHOLDER),

  'lost-name': inLines(LOST_NAME),

  'copy-residue': (examined) =>
    linesOf(examined).flatMap(({ line, text }): Place[] => {
      const match = LAYOUT.exec(text)
      if (match || isColumnHeader(text.trim())) return [{ line, text: match ? quote(text, match) : text.trim() }]
      const twice = text.length < 6_000 && !text.includes('|') ? repeated(text) : null
      return twice === null ? [] : [{ line, text: twice }]
    }),

  'template-instruction': inLines(
    /zutreffendes bitte|nur stichworte|maßnahmen hier (beschreiben|eintragen|ergänzen)|spezifisch \(und nicht allgemein\)|specific \(and not generic\)|this (needs to|should|must) (state|describe|list)\b|\bother (method|measures?):\s*$|\bNächste Schritte:|Anpassung erforderlich|tick (what|as) appl|please (tick|describe|complete|fill in|specify)\b|bitte (ankreuzen|angeben|ausfüllen|ergänzen|beschreiben)\b|weitere maßnahmen:\s*$|typische maßnahmen .{0,30}sind z/iu,
  ),

  'legal-advice-disclaimer': inLines(
    /keine rechtsberatung|(no|not) (legal advice|constitute legal)|arbeitsdokument|\bworking document\b|prüfvorbehalt|soll-vorgaben|draft legal|initial toms document|^\W*(entwurf|draft|vorlage)\b|\b(status|stand):?\W{0,4}(entwurf|draft)\b|\(entwurf\)|\(draft\)/iu,
  ),

  'dangling-reference': (examined) => {
    const lines = linesOf(examined)
    const pattern =
      /\b(find here|found here|see here|available here|finden sie hier|hier einsehbar|abrufbar unter|available at|see (the )?(annex|appendix|attachment)|siehe (anlage|anhang))\s*:?\s*$|\.md\S{0,3}[^\n]{0,8}\bTBD\b|— TBD\b/iu
    return lines.flatMap(({ line, text }, index): Place[] => {
      const match = pattern.exec(text.trim())
      const next = lines[index + 1]?.text ?? ''
      return match && !/https?:\/\/|www\.|\.(com|de|eu|org)\b/.test(next)
        ? [{ line, text: quote(text.trim(), match) }]
        : []
    })
  },

  mistranslation: (examined) => [...inLines(MISTRANSLATION)(examined), ...sameNames(examined)],

  'legal-reference': inLines(LEGAL),
} satisfies Record<string, Detector>

/** The same two to six words twice in a row, as they stand, or null. Linear: each start compares at most six lengths. */
function repeated(text: string): string | null {
  const words = text.split(/\s+/)
  for (let i = 0; i < words.length; i++) {
    for (let length = 2; length <= 6 && i + 2 * length <= words.length; length++) {
      const first = words.slice(i, i + length).join(' ')
      const second = words.slice(i + length, i + 2 * length).join(' ')
      if (first.length > 6 && /\p{L}{2,} \p{L}{2,}/u.test(first) && bare(first) === bare(second))
        return `${first} ${second}`
    }
  }
  return null
}

function bare(words: string): string {
  return words.toLowerCase().replaceAll(/[.,;:!?]/g, '')
}

/** Zutritt, Zugang and Zugriff all translated as "Access control": the second and third such heading. */
const sameNames: Detector = ({ statements }) =>
  statements
    .filter(
      (one) =>
        one.type === 'heading' &&
        /^([\divxab]+ )*(access control|zugangskontrolle|zugriffskontrolle)$/.test(
          fold(one.text.replace(/\([^)]*\)/g, '')),
        ),
    )
    .filter(
      (one, index, all) =>
        all.findIndex((other) => fold(other.text).replace(/^[\d ]+/, '') === fold(one.text).replace(/^[\d ]+/, '')) <
        index,
    )
    .map((one) => ({ line: one.line, text: one.text }))
