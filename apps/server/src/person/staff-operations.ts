import { z } from 'zod'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { defineErrors } from '../kernel/index.ts'
import { paperDownload, paperErrors } from '../paper/index.ts'
import { mostCharacters, mostLines, planImport, problems } from './import.ts'
import type { ImportLine } from './import.ts'
import { settle } from './keep.ts'
import { writeLastDay } from './leave.ts'
import { peoplePaper, peopleTable } from './papers.ts'
import { readRecords, standingIn } from './records.ts'
import { lockRecords } from './record-store.ts'
import { listRecords } from './show.ts'
import * as store from './store.ts'
import type { PersonRow } from './store.ts'

/** Why a file of people cannot be read. */
export const importErrors = defineErrors('import', {
  empty: {
    status: 400,
    en: 'The file has no people: its first line names the columns, each further line one person.',
    de: 'Die Datei enthält niemanden: Die erste Zeile nennt die Spalten, jede weitere eine Person.',
  },
  no_name: {
    status: 400,
    en: 'No column is called “name”.',
    de: 'Keine Spalte heißt „Name“.',
  },
  quote: {
    status: 400,
    en: 'A quotation mark in this file does not end.',
    de: 'Ein Anführungszeichen in dieser Datei endet nicht.',
  },
  too_many: {
    status: 400,
    en: 'This file has too many people: at most {most}.',
    de: 'Diese Datei enthält zu viele Personen: höchstens {most}.',
  },
  has_errors: {
    status: 409,
    en: '{count} lines cannot be read in. Mend them, or leave them out on purpose.',
    de: '{count} Zeilen können nicht eingelesen werden. Bitte korrigieren oder ausdrücklich auslassen.',
  },
})

const unreadable = {
  empty: importErrors.empty,
  'no-name-column': importErrors.no_name,
  quote: importErrors.quote,
} as const

const Csv = z.string().min(1).max(mostCharacters)
const Plan = z.object({
  adds: z.int(),
  changes: z.int(),
  same: z.int(),
  refused: z.int(),
  /** The first thousand that do something or cannot be read in. */
  lines: z.array(
    z.object({
      line: z.int(),
      action: z.enum(['add', 'change', 'same', 'refused']),
      problems: z.array(z.enum(problems)),
      name: z.string(),
    }),
  ),
})
const fileErrors = [importErrors.empty, importErrors.no_name, importErrors.quote, importErrors.too_many]

/** What can be done with everybody together. */
export function staffOperations() {
  return [
    tenantOperation({
      id: 'staff.preview',
      summary: 'Says what a CSV file of people would do, line by line; nothing is changed',
      needs: 'person:write',
      // It writes nothing; a file is longer than an address.
      changes: true,
      input: z.object({ csv: Csv }),
      output: Plan,
      refuses: fileErrors,
      run: async ({ csv }, tx) => sum(await plan(tx, csv)),
    }),
    tenantOperation({
      id: 'staff.import',
      summary: 'Reads people in from a CSV file: who is known by mail address or name is changed, nobody is removed',
      needs: 'person:write',
      changes: true,
      input: z.object({
        csv: Csv,
        /** Whether lines that cannot be read in are left out; otherwise nothing is changed. */
        skip: z.boolean().default(false),
      }),
      output: Plan,
      refuses: [...fileErrors, importErrors.has_errors],
      async run({ csv, skip }, tx) {
        await lockRecords(tx)
        const lines = await plan(tx, csv)
        const summed = sum(lines)
        if (summed.refused > 0 && !skip) throw importErrors.has_errors({ count: summed.refused })
        for (const line of lines) await apply(tx, line)
        await tx.append({
          type: 'import.batch',
          about: { kind: 'staff', id: tx.tenant.id },
          content: { after: { adds: summed.adds, changes: summed.changes, refused: summed.refused } },
        })
        await settle(tx)
        return summed
      },
    }),
    tenantOperation({
      id: 'staff.export',
      summary:
        'Hands out everybody with confidentiality and training as table or document; names only where they are asked for',
      kind: 'download',
      needs: 'person:read',
      input: z.object({
        format: z.enum(['pdf', 'docx', 'csv']).default('csv'),
        language: z.enum(['en', 'de']).default('en'),
        names: z.enum(['yes', 'no']).default('no'),
        /** Whether also people who left. */
        left: z.enum(['yes', 'no']).default('no'),
      }),
      output: z.unknown(),
      refuses: Object.values(paperErrors),
      async run({ format, language, names, left }, tx) {
        const records = await readRecords(tx)
        const people = (await listRecords(tx)).filter(({ state }) => left === 'yes' || state !== 'left')
        const standings = {
          agreement: standingIn(records, 'confidentiality-agreements'),
          training: standingIn(records, 'employee-training'),
        }
        const paper = peoplePaper(people, standings, { language, names: names === 'yes' })
        return await paperDownload({ tx, paper, format, name: 'people', table: peopleTable(people, names === 'yes') })
      },
    }),
  ]
}

async function plan(tx: TenantContext, csv: string): Promise<ImportLine[]> {
  const lines = await planImport(tx, csv)
  if (lines === 'too-many') throw importErrors.too_many({ most: mostLines })
  if (typeof lines === 'string') throw unreadable[lines]()
  return lines
}

function sum(lines: readonly ImportLine[]): z.input<typeof Plan> {
  const count = (wanted: ImportLine['action']) => lines.filter(({ action }) => action === wanted).length
  return {
    adds: count('add'),
    changes: count('change'),
    same: count('same'),
    refused: count('refused'),
    lines: lines
      .filter(({ action }) => action !== 'same')
      .toSorted((a, b) => Number(b.action === 'refused') - Number(a.action === 'refused') || a.line - b.line)
      .slice(0, 1_000)
      .map(({ line, action, problems: found, name }) => ({ line, action, problems: [...found], name })),
  }
}

async function apply(tx: TenantContext, { action, given, person }: ImportLine): Promise<void> {
  if (given === null || (action !== 'add' && action !== 'change')) return
  const row: PersonRow = {
    id: person?.id ?? tx.newId(),
    name: given.name,
    email: given.email,
    position: given.position,
    kind: given.kind,
    area: given.area,
    joined_on: given.joinedOn,
    left_on: person?.left_on ?? null,
    account_id: person?.account_id ?? null,
  }
  await store.savePerson(tx, row)
  await tx.append({
    type: person === null ? 'person.joined' : 'person.changed',
    about: { kind: 'person', id: row.id },
    code: 'imported',
    content: { after: { kind: given.kind, joinedOn: given.joinedOn } },
  })
  if (given.leftOn !== row.left_on) await writeLastDay(tx, row, given.leftOn, true)
}
