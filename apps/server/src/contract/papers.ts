import { longDay, longMoment, roleIn } from '@art32/press'
import type { Language, Paper, PaperBlock, PaperTable } from '@art32/press'
import type { z } from 'zod'
import { isInForce, stateOf } from './contract.ts'
import { matters, stepOf } from './matter.ts'
import type { Asked, MatterKind, Said } from './matter.ts'
import type { ContractRow, CustomerRow, MatterRow, StepRow } from './store.ts'
import type { ContractView, MatterView } from './views.ts'
import { words } from './words.ts'

type Content = Omit<Paper, 'by' | 'date' | 'letterhead'>
type Matter = z.input<typeof MatterView>
type Contract = z.input<typeof ContractView>

const dayIn = (language: Language) => (day: string | null) => (day === null ? null : longDay(day, language))

/** Everything with its agreements, as lists are made of it. */
interface All {
  readonly customers: readonly CustomerRow[]
  readonly contracts: readonly ContractRow[]
  readonly today: string
}

/** The customers with the agreement that holds, as a paper. */
export function customersPaper({ customers, contracts, today }: All, language: Language): Content {
  const say = words[language]
  const day = dayIn(language)
  const byCustomer = Map.groupBy(contracts, (row) => row.customer_id)
  return {
    language,
    title: say.customers,
    blocks: [
      {
        kind: 'table',
        wide: true,
        columns: [
          { title: say.customer, width: 2.4 },
          { title: say.agreement, width: 2 },
          { title: say.state, width: 1.2 },
          { title: say.from, width: 1.2 },
          { title: say.until, width: 1.2 },
          { title: say.edition, width: 0.8, align: 'right' },
        ],
        rows: customers.flatMap((customer) => {
          const own = byCustomer.get(customer.id) ?? []
          const name = customer.reference === '' ? customer.name : `${customer.name} (${customer.reference})`
          if (own.length === 0) return [[name, null, null, null, null, null]]
          return own.map((row) => [
            name,
            row.title,
            {
              tone: isInForce(row, today) ? ('good' as const) : ('waiting' as const),
              word: say.states[stateOf(row, today)],
            },
            day(row.valid_from),
            day(row.ended_on ?? row.valid_until),
            row.edition,
          ])
        }),
        empty: say.none,
      },
    ],
  }
}

/** The same as rows for programs, with the columns that an import knows. */
export function customersTable({ customers, contracts }: All): Pick<PaperTable, 'columns' | 'rows'> {
  const byCustomer = Map.groupBy(contracts, (row) => row.customer_id)
  const named =
    'name reference address contact_name contact_email language representative dpo agreement valid_from valid_until edition sub_processor_days measure_days incident_hours ended_on'
  return {
    columns: named.split(' ').map((title) => ({ title })),
    rows: customers.flatMap((one) => {
      const who = [
        one.name,
        one.reference,
        one.address,
        one.contact_name,
        one.contact_email,
        one.language,
        one.representative,
        one.dpo,
      ]
      const own = byCustomer.get(one.id) ?? []
      if (own.length === 0) return [[...who, null, null, null, null, null, null, null, null]]
      return own.map((row) => [
        ...who,
        row.title,
        row.valid_from,
        row.valid_until,
        row.edition,
        row.sub_processor_days,
        row.measure_days,
        row.incident_hours,
        row.ended_on,
      ])
    }),
  }
}

/** What was written down, as a person reads it: words for ids, days in words. */
export function readable(
  asked: Asked,
  said: Said,
  language: Language,
): { readonly label: string; readonly value: string | null } {
  const value = said[asked.id] ?? ''
  const label = asked.label[language]
  if (value === '') return { label, value: null }
  if (asked.kind === 'day') return { label, value: longDay(value, language) }
  const option = asked.options?.find(({ id }) => id === value)
  return { label, value: option ? option.label[language] : value }
}

/** Everything that happened under the agreements with a customer, as a paper. */
export function recordPaper(
  customer: CustomerRow,
  shown: { readonly contracts: readonly Contract[]; readonly matters: readonly Matter[] },
  language: Language,
): Content {
  const say = words[language]
  const day = dayIn(language)
  return {
    language,
    title: customer.name,
    over: say.record,
    meta: [
      { label: say.reference, value: customer.reference || null },
      { label: say.address, value: customer.address || null },
      { label: say.contact, value: [customer.contact_name, customer.contact_email ?? ''].join(' ').trim() || null },
      { label: say.dpo, value: customer.dpo || null },
    ],
    blocks: shown.contracts.flatMap((contract): PaperBlock[] => [
      { kind: 'heading', level: 1, text: contract.title },
      {
        kind: 'fields',
        fields: [
          { label: say.state, value: say.states[contract.state] },
          { label: say.from, value: day(contract.validFrom) },
          { label: say.until, value: day(contract.endedOn ?? contract.validUntil) },
          { label: say.edition, value: contract.edition === null ? null : String(contract.edition) },
          { label: say.subProcessorDays, value: say.days(contract.subProcessorDays) },
          { label: say.measureDays, value: say.days(contract.measureDays) },
          { label: say.incidentHours, value: say.hours(contract.incidentHours) },
        ],
      },
      ...shown.matters
        .filter(({ contractId }) => contractId === contract.contractId)
        .flatMap((matter) => matterBlocks(matter, language)),
    ]),
  }
}

function matterBlocks({ kind, steps, files, dueOn }: Matter, language: Language): PaperBlock[] {
  const say = words[language]
  const due = dueOn === null ? [] : [{ label: say.due, value: longDay(dueOn, language) }]
  return [
    { kind: 'heading', level: 2, text: matters[kind].label[language] },
    ...steps.flatMap(({ state, onDay, said }, index): PaperBlock[] => {
      const step = stepOf(kind, state)
      const fields = (step?.asks ?? []).map((asked) => readable(asked, said, language))
      return [
        {
          kind: 'paragraph',
          text: [{ text: `${longDay(onDay, language)}: ${step?.label[language] ?? state}`, strong: true }],
        },
        { kind: 'fields', fields: [...fields.filter(({ value }) => value !== null), ...(index === 0 ? due : [])] },
      ].filter((block) => block.kind !== 'fields' || (block.fields?.length ?? 0) > 0) as PaperBlock[]
    }),
    ...(files.length === 0
      ? []
      : [
          {
            kind: 'list' as const,
            ordered: false,
            items: files.map(({ name, sha256 }) => ({ text: name ?? say.removed, note: `SHA-256 ${sha256}` })),
          },
        ]),
  ]
}

/** What happened as rows for programs: one for each record, its fields in one cell. */
export function mattersTable(all: readonly Matter[], language: Language): Pick<PaperTable, 'columns' | 'rows'> {
  return {
    columns: ['kind', 'opened_on', 'due_on', 'closed_on', 'state', 'on_day', 'recorded_at', 'role', 'text'].map(
      (title) => ({ title }),
    ),
    rows: all.flatMap(({ kind, openedOn, dueOn, closedOn, steps }) =>
      steps.map(({ state, onDay, said, role, at }) => [
        kind,
        openedOn,
        dueOn,
        closedOn,
        state,
        onDay,
        at,
        role,
        textOf(kind, state, said, language),
      ]),
    ),
  }
}

function textOf(kind: MatterKind, state: string, said: Said, language: Language): string {
  return (stepOf(kind, state)?.asks ?? [])
    .map((asked) => readable(asked, said, language))
    .flatMap(({ label, value }) => (value === null ? [] : [`${label}: ${value}`]))
    .join('\n')
}

/** The certificate of a return or deletion: what was done, when, and what remains until when. */
export function certificatePaper(
  {
    matter,
    contract,
    customer,
    steps,
  }: { matter: MatterRow; contract: ContractRow; customer: CustomerRow; steps: readonly StepRow[] },
  tenant: string,
  language: Language,
): Content {
  const say = words[language]
  const day = dayIn(language)
  const last = steps.at(-1)
  const said = matter.said
  const asks = stepOf('return', 'done')?.asks ?? []
  const of = (id: string) => {
    const asked = asks.find((one) => one.id === id)
    return asked ? readable(asked, said, language) : { label: id, value: null }
  }
  return {
    language,
    title: say.certificate,
    subtitle: say.certificateOf,
    meta: [
      { label: say.controller, value: [customer.name, customer.address].filter(Boolean).join('\n') },
      { label: say.agreement, value: contract.title },
      { label: say.from, value: day(contract.valid_from) },
      { label: say.ended, value: day(contract.ended_on) },
    ],
    blocks: [
      { kind: 'paragraph', text: say.certifies(tenant, day(matter.closed_on) ?? '', said['choice'] === 'return') },
      { kind: 'fields', fields: [of('choice'), of('how')] },
      { kind: 'heading', level: 1, text: say.remaining },
      ...((said['remains'] ?? '') === '' && (said['backups'] ?? '') === ''
        ? [{ kind: 'paragraph' as const, text: say.nothingRemains }]
        : [{ kind: 'fields' as const, fields: [of('remains'), of('backups')] }]),
      ...(last
        ? [
            {
              kind: 'paragraph' as const,
              quiet: true,
              text: say.recorded(longMoment(last.at.toISOString(), language), roleIn(last.role, language)),
            },
          ]
        : []),
      { kind: 'signatures', lines: [{ label: tenant }] },
    ],
  }
}
