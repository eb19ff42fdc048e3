import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { findMeasure, sourceRows } from '@art32/catalogue'
import type { MeasureId } from '@art32/catalogue'
import { readDocument } from '@art32/reader'
import type { ReadResult } from '@art32/reader'

const repository = path.dirname(import.meta.dirname)

/** Documents that ship with a mapping confirmed by the release, and the errors that each of them truly has. */
const documents = {
  'apps/server/documents/this-installation': ['art32-1c-missing'],
  'examples/forge-azure-provider': [],
  'examples/hosted-provider': ['art32-1d-missing', 'planned'],
} as const satisfies Record<string, readonly string[]>

/** The rows that each source document holds; the other rows come from the other one. */
const rowsOf = {
  'examples/forge-azure-provider':
    'F1 F2 F3 F4 C1 C2 C3 C5 C6 C7 C8 C9 C10 C11 C12 C13 C15 I1 I2 I3 A1 A2 A3 A10 R1 R2 R3 R4 R5 R6 R7 R11 M1 M2',
  'examples/hosted-provider':
    'F5 H1 H2 H3 C1 C2 C4 C6 C8 C12 C13 C14 C16 I4 I5 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 R6 R8 R9 R10 R11 M1 M3 M4',
} as const

const read = new Map<string, { result: ReadResult; lines: ReadonlyMap<number, readonly string[]> }>()
for (const folder of Object.keys(documents)) {
  const at = path.join(repository, folder)
  const bytes = fs.readFileSync(path.join(at, 'tom.md'))
  const mapping = JSON.parse(fs.readFileSync(path.join(at, 'mapping.json'), 'utf8')) as {
    lines: Record<string, string[]>
  }
  const result = await readDocument(bytes, { name: 'tom.md', now: new Date('2026-11-22T00:00:00Z') })
  read.set(folder, { result, lines: new Map(Object.entries(mapping.lines).map(([line, ids]) => [Number(line), ids])) })
}

const opened = (folder: string) => {
  const found = read.get(folder)
  if (!found) throw new Error(`${folder} was not read`)
  return found
}

const carried = (folder: string) => new Set([...opened(folder).lines.values()].flat())

describe.each(Object.entries(documents))('the document of %s', (folder, errors) => {
  const { result, lines } = opened(folder)
  const promises = result.statements.filter((one) => one.type === 'measure' || one.type === 'commitment')

  test('has one statement a line, and a mapping for each that promises something', () => {
    const at = promises.map((one) => one.line)
    expect(at).toEqual([...new Set(at)])
    expect(at.filter((line) => !lines.has(line))).toEqual([])
  })

  test('maps only lines that promise something, to measures that the catalogue has', () => {
    const at = new Set(promises.map((one) => one.line))
    expect([...lines.keys()].filter((line) => !at.has(line))).toEqual([])
    expect([...lines.values()].flat().filter((id) => findMeasure(id) === undefined)).toEqual([])
    expect([...lines.values()].filter((ids) => ids.length === 0 || new Set(ids).size !== ids.length)).toEqual([])
  })

  test('says when, which version, for what and by whom, and has only the errors that are true', () => {
    expect(result.document).toMatchObject({ language: 'en', date: expect.stringMatching(/^2026-/) })
    expect(result.document.version).not.toBeNull()
    expect(
      [...new Set(result.faults.filter((fault) => fault.level === 'error').map((fault) => fault.rule))].toSorted(),
    ).toEqual(errors)
    expect(
      result.faults.map((fault) => fault.rule).filter((rule) => /^(date|version|owner|scope|time)-/.test(rule)),
    ).toEqual([])
  })
})

describe('the document of this installation', () => {
  const { result, lines } = opened('apps/server/documents/this-installation')

  test('plans what stands under "Planned" and states the rest as in place', () => {
    for (const one of result.statements.filter((statement) => lines.has(statement.line))) {
      expect(one.status, one.text).toBe(one.section?.startsWith('Planned') ? 'planned' : 'in-place')
    }
  })

  test('leaves to the operator what no software can do', () => {
    const planned = result.statements
      .filter((one) => one.status === 'planned')
      .flatMap((one) => lines.get(one.line) ?? [])
    const onlyPeople = [
      'disk-encryption',
      'firewall',
      'patch-management',
      'rooms-locked',
      'employee-training',
      'dpa-contracts',
      'transport-encryption',
    ]
    expect(planned).toEqual(expect.arrayContaining(onlyPeople))
  })
})

describe('the example providers', () => {
  test.each(Object.entries(rowsOf))('%s carries each row of its source', (folder, rows) => {
    const ids = carried(folder)
    const missing = rows
      .split(' ')
      .filter((row) => !sourceRows.find((one) => one.row === row)?.measures.some((id) => ids.has(id)))
    expect(missing).toEqual([])
  })

  test('carry together every measure of every row, each where its source has it', () => {
    const missing = sourceRows.flatMap(({ row, measures }): [string, MeasureId][] => {
      const folders = Object.entries(rowsOf).filter(([, rows]) => rows.split(' ').includes(row))
      return measures.filter((id) => !folders.some(([folder]) => carried(folder).has(id))).map((id) => [row, id])
    })
    expect(missing).toEqual([])
  })

  test('the hosted one says honestly what is in progress, and rehearses restores twice a year', () => {
    const { result, lines } = opened('examples/hosted-provider')
    const planned = result.statements.filter((one) => one.status === 'planned' && lines.has(one.line))
    expect(planned.map((one) => [one.section, one.text])).toEqual([
      ['6. Input control', 'In progress'],
      ['8. Procedures for regular review', 'In progress'],
    ])
    const restores = result.statements.filter((one) => lines.get(one.line)?.includes('restore-test'))
    expect(restores.map((one) => one.cadence)).toEqual([{ every: 'P6M' }])
  })
})
