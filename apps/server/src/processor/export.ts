import { longDay } from '@art32/press'
import { z } from 'zod'
import type { PaperBlock, PaperSign, PaperTable } from '@art32/press'
import { tenantOperation } from '../evidence/index.ts'
import { paperDownload, paperErrors } from '../paper/index.ts'
import type { PaperWish } from '../paper/index.ts'
import { lookAtAll, maySeePeople } from './look.ts'
import type { Whole } from './look.ts'
import { placeNames, transferText, words } from './words.ts'

/** Hands the register out, as the annex of a contract or as a table. */
export function exportOperation() {
  return tenantOperation({
    id: 'processor.export',
    summary: 'Hands out the list of processors and sub-processors as the annex of a contract (PDF, Word) or as CSV',
    kind: 'download',
    needs: 'register:read',
    input: z.object({
      format: z.enum(['csv', 'pdf', 'docx']).default('csv'),
      /** Left out: the language of the tenant. */
      language: z.enum(['en', 'de']).optional(),
      /** Whether names of persons at the processors are in it. */
      contacts: z.stringbool().default(true),
    }),
    output: z.unknown(),
    refuses: [paperErrors.busy, paperErrors.too_long],
    async run({ format, language, contacts: wanted }, tx) {
      const contacts = wanted && maySeePeople(tx)
      const all = (await lookAtAll(tx)).filter(({ processor }) => processor.state !== 'ended')
      const said = language ?? tx.tenant.language
      return await paperDownload({
        tx,
        format,
        name: 'processors',
        paper: paperOf(all, { language: said, contacts }),
        table: tableOf(all, said, contacts),
      })
    },
  })
}

type Language = 'en' | 'de'

function contactOf({ processor }: Whole, contacts: boolean): string {
  const { contactName, contactFunction, contactAt } = processor
  return [contacts ? contactName : '', contactFunction, contactAt].filter((text) => text !== '').join(', ')
}

function placesOf({ processor }: Whole, language: Language): string {
  return [placeNames(processor.places, language), processor.placeNote].filter((text) => text !== '').join(' – ')
}

function transferOf({ processor }: Whole, language: Language): string {
  return transferText({ ...processor, note: processor.transferNote }, language)
}

function tableOf(all: readonly Whole[], language: Language, contacts: boolean): Pick<PaperTable, 'columns' | 'rows'> {
  const say = words[language]
  const names = new Map(all.map(({ processor }) => [processor.processorId, processor.name]))
  const head = [
    say.name,
    say.address,
    say.contact,
    say.engagedBy,
    say.state,
    say.since,
    say.purpose,
    say.services,
    say.data,
    say.places,
    say.transfer,
    say.contractOf,
    say.agreement,
    say.proofs,
    say.restsUntil,
  ]
  return {
    columns: head.map((title) => ({ title })),
    rows: all.map((one) => {
      const { processor, agreements, proofs } = one
      return [
        processor.name,
        processor.address,
        contactOf(one, contacts),
        processor.parentId === null ? '' : (names.get(processor.parentId) ?? ''),
        say.states[processor.state],
        processor.since,
        processor.purpose,
        processor.services,
        processor.dataCategories.join('; '),
        placesOf(one, language),
        transferOf(one, language),
        say.contracts[processor.contractOf],
        agreements
          .map(({ title, validFrom, validUntil }) => `${title} (${validFrom} – ${validUntil ?? ''})`)
          .join('; '),
        proofs.map(({ title, from, until }) => `${title} (${from} – ${until})`).join('; '),
        processor.rests?.lastDay ?? null,
      ]
    }),
  }
}

function paperOf(
  all: readonly Whole[],
  { language, contacts }: { language: Language; contacts: boolean },
): PaperWish['paper'] {
  const say = words[language]
  const own = all.filter(({ processor }) => processor.contractOf === 'us')
  const others = all.filter(({ processor }) => processor.contractOf === 'customer')
  return {
    language,
    title: say.title,
    over: say.over,
    blocks: [
      { kind: 'paragraph', text: say.lead, quiet: true },
      overview(own, language),
      ...own.flatMap((one) => chapter(one, { language, contacts })),
      ...(others.length === 0
        ? []
        : [
            { kind: 'heading' as const, level: 1 as const, text: say.others },
            { kind: 'paragraph' as const, text: say.othersLead },
            ...others.flatMap((one) => chapter(one, { language, contacts })),
          ]),
    ],
  }
}

function overview(all: readonly Whole[], language: Language): PaperTable {
  const say = words[language]
  return {
    kind: 'table',
    columns: [
      { title: say.name, width: 2 },
      { title: say.purpose, width: 2 },
      { title: say.places, width: 2 },
      { title: say.state, width: 1.4 },
    ],
    rows: all.map((one) => [
      `${'– '.repeat(one.processor.depth)}${one.processor.name}`,
      one.processor.purpose,
      placesOf(one, language),
      signOf(one, language),
    ]),
    empty: say.none,
  }
}

/** How the papers of a processor stand. */
function signOf({ processor }: Whole, language: Language): PaperSign {
  const say = words[language]
  if (processor.state === 'planned') return { tone: 'waiting', word: say.states.planned }
  if (processor.rests === null) return { tone: 'plain', word: say.incomplete }
  return processor.isInForce ? { tone: 'vouched', word: say.inForce } : { tone: 'bad', word: say.lapsed }
}

function chapter(one: Whole, { language, contacts }: { language: Language; contacts: boolean }): PaperBlock[] {
  const say = words[language]
  const { processor, agreements, proofs } = one
  const field = (label: string, value: string) => ({ label, value: value === '' ? null : value })
  const papers = [
    ...agreements.map((paper) => [
      paper.title,
      `${paper.validFrom} – ${paper.validUntil ?? ''}`,
      say.standings[paper.standing],
    ]),
    ...proofs.map((paper) => [
      [paper.title, paper.scope].filter((text) => text !== '').join(' – '),
      `${paper.from} – ${paper.until}`,
      paper.form === 'report' && paper.standing === 'in-force'
        ? `${say.standings['in-force']} (${say.counts} ${paper.lastDay})`
        : say.standings[paper.standing],
    ]),
  ]
  return [
    { kind: 'heading', level: 2, text: processor.name },
    {
      kind: 'fields',
      fields: [
        field(say.address, processor.address),
        field(say.contact, contactOf(one, contacts)),
        field(say.purpose, processor.purpose),
        field(say.services, processor.services),
        field(say.data, processor.dataCategories.join(', ')),
        field(say.places, placesOf(one, language)),
        field(say.transfer, transferOf(one, language)),
        field(say.since, processor.since === null ? say.states[processor.state] : longDay(processor.since, language)),
      ],
    },
    {
      kind: 'table',
      columns: [
        { title: say.papers, width: 3 },
        { title: say.days, width: 2 },
        { title: say.state, width: 2 },
      ],
      rows: papers,
      empty: say.noPapers,
    },
  ]
}
