/**
 * What must be told to whom, and how soon: sets of rules with the day from which they hold, and their source. Another law, or
 * a change of one, is another row here; an incident keeps the set that held when somebody became aware of it.
 */
export interface Law {
  readonly id: 'gdpr' | 'gdpr-eea' | 'uk-gdpr' | 'revdsg'
  /** The first day on which it holds. */
  readonly from: string
  readonly countries: readonly string[]
  /** Hours within which the authority is told; null: no number, as soon as possible. */
  readonly hours: number | null
  /** From which risk on the authority is told. */
  readonly threshold: 'risk' | 'high'
  /** How periods are counted; null: nothing sourced says more than the hours themselves. */
  readonly periods: '1182/71' | null
  readonly source: { readonly authority: string; readonly processor: string; readonly people: string }
  readonly url: string
}

const gdpr = {
  from: '2018-05-25',
  hours: 72,
  threshold: 'risk',
  source: { authority: 'Art. 33(1) GDPR', processor: 'Art. 33(2) GDPR', people: 'Art. 34 GDPR' },
  url: 'https://eur-lex.europa.eu/eli/reg/2016/679/oj',
} as const

const union = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ')

export const laws: readonly Law[] = [
  { id: 'gdpr', ...gdpr, countries: union, periods: '1182/71' },
  // Whether Regulation 1182/71 counts the periods of an act of the EEA there, too, no source at hand says.
  { id: 'gdpr-eea', ...gdpr, from: '2018-07-20', countries: ['IS', 'LI', 'NO'], periods: null },
  {
    id: 'uk-gdpr',
    from: '2021-01-01',
    countries: ['GB'],
    hours: 72,
    threshold: 'risk',
    periods: null,
    source: { authority: 'Art. 33(1) UK GDPR', processor: 'Art. 33(2) UK GDPR', people: 'Art. 34 UK GDPR' },
    url: 'https://www.legislation.gov.uk/eur/2016/679/article/33',
  },
  {
    id: 'revdsg',
    from: '2023-09-01',
    countries: ['CH'],
    hours: null,
    threshold: 'high',
    periods: null,
    source: { authority: 'Art. 24(1) DSG', processor: 'Art. 24(3) DSG', people: 'Art. 24(4) DSG' },
    url: 'https://www.fedlex.admin.ch/eli/cc/2022/491/de',
  },
]

/** The law that holds in a state on a day; undefined: none that art32 knows. @param day `YYYY-MM-DD` */
export function lawOf(country: string, day: string): Law | undefined {
  return laws.find((law) => law.countries.includes(country) && law.from <= day)
}
