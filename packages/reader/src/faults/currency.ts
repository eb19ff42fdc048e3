import { findDates } from '../dates.ts'
import { absent, at, linesOf, speaksOf, type Detector } from './place.ts'

/** A document older than this is stale (parameter of the rule, in months). */
const STALE_MONTHS = 24

const OWNER =
  /\b(responsible (person|party|officer|for data|for the)|person responsible|owner|data protection (officer|contact|coordinator)|dpo|privacy officer|contact( person| point|:)|information security officer|ciso|verantwortlich(er|e|e stelle|e person|keit)?\b(?=\W)|datenschutzbeauftragt\p{Ll}*|datenschutzkoordinator\p{Ll}*|ansprechpartner\p{Ll}*|informationssicherheitsbeauftragt\p{Ll}*|geschäftsführ(ung|er)|kontakt:)/iu
const NOBODY =
  /\b(keine?n? verantwortliche[rn]? |no responsible |no owner)|\b(responsible|verantwortlich|owner|lies with)\b[^.]{0,30}(<[^>]{0,40}>|\[[^\]]{1,40}\]|tbd\b|todo\b)/iu
const VERSION =
  /\b(version|revision|change ?log|change history|document (id|number)|v\d+\.\d|änderungshistorie|versionshistorie|dokument(en)?-?(id|nummer)|fassung)\b/iu
const VAGUE =
  /\b(regular(ly)?|periodic(ally)?|continuous(ly)?|from time to time|regelmä(ß|ss)ig\p{Ll}*|periodisch\p{Ll}*|fortlaufend|laufend|kontinuierlich)\b/iu

/** Group A: dates, version, owner, the next review. */
export const currency = {
  'date-missing': ({ document }) => (document.date === null ? absent : []),

  'date-stale': (examined) => {
    const { document, now } = examined
    if (document.date === null) return []
    const limit = new Date(
      Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - STALE_MONTHS, now.getUTCDate()),
    ).toISOString()
    if (document.date.padEnd(10, '-31') >= limit.slice(0, 10)) return []
    const stated = findDates(examined.source.lines).find((date) => date.iso === document.date)
    return [{ line: stated?.line ?? null, text: stated?.text ?? document.date }]
  },

  'version-missing': (examined) => (linesOf(examined).some(({ text }) => VERSION.test(text)) ? [] : absent),

  'owner-missing': (examined) => {
    const lines = linesOf(examined)
    const unnamed = lines.flatMap(({ line, text }) => {
      const match = NOBODY.exec(text)
      return match ? [{ line, text: text.slice(match.index, match.index + 120).trim() }] : []
    })
    if (unnamed.length > 0) return unnamed.slice(0, 3)
    return lines.some(
      ({ text }) => OWNER.test(text) && !/\bcustomer (himself|itself|is)|\bkunde (ist|selbst)/i.test(text),
    )
      ? []
      : absent
  },

  'review-date-missing': (examined) => {
    const reviews = examined.statements.filter((one) => speaksOf(one, 'measure-review') && one.type !== 'note')
    const vague = reviews.filter((one) => one.cadence === null && VAGUE.test(one.text))
    if (vague.length > 0) return vague.map((one) => at(one))
    const dated = reviews.some((one) => one.cadence !== null || /\d/.test(one.text))
    const told = linesOf(examined).some(({ text }) =>
      /\b(next review|review due|valid until|nächste (überprüfung|prüfung|review)|gültig bis)\b/iu.test(text),
    )
    return dated || told ? [] : absent
  },

  'time-ambiguous': (examined) =>
    linesOf(examined).flatMap(({ line, text }) => {
      const date = findDates([text]).find((one) => one.otherwise !== null)
      const word = /\bbi-?(annual|monthly|weekly)(ly)?\b|\bzwei(jährlich|monatlich)/iu.exec(text)
      return [
        ...(date ? [{ line, text: date.text }] : []),
        ...(word ? [{ line, text: text.slice(word.index, word.index + 40).trim() }] : []),
      ]
    }),
} satisfies Record<string, Detector>
