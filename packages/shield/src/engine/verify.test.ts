import { createSecretKey } from 'node:crypto'
import { expect, test } from 'vitest'
import { begin } from '../input/open.ts'
import { streamSource } from '../input/source.ts'
import { readPlan } from '../plan/plan.ts'
import { report } from '../report/report.ts'
import { run } from './run.ts'

const secret = createSecretKey(new Uint8Array(32).fill(7))

async function reported(text: string, columns: string, threads = 0) {
  const plan = readPlan(
    `plan: art32.shield/1\nformat: { kind: csv, delimiter: ',' }\ncolumns:\n${columns
      .split('\n')
      .map((line) => `  ${line}`)
      .join('\n')}\n`,
    'plan',
  )
  const input = await begin(streamSource(one(text)), 4096)
  const key = { secret, tenant: 'example', document: new Uint8Array(16) }
  const outcome = await run({ input, plan, key, threads, sink: async () => {} })
  return report(outcome, plan, 'key', key.document)
}

async function* one(text: string) {
  yield await Promise.resolve(new TextEncoder().encode(text))
}

const columns = `id: { type: subject-id, do: pseudonym }
name: { type: name, do: pseudonym }
mail: { type: email, do: mask, first: 2 }
iban: { type: iban, do: delete }
ref: { type: code, do: keep }
note: { type: text, do: text }`

const row = 'K-2214-X,"Ostermoor, Wilrun",w.ostermoor@example.com,DE02120300000000202051'

test('says that nothing stands there where nothing does', async () => {
  const { verification, warnings } = await reported(
    `id,name,mail,iban,ref,note\n${row},active,"Ms Ostermoor, K-77"\n`,
    columns,
  )
  expect(verification).toEqual({ blocks: 1, blocksLooked: 1, looked: 3, found: {}, known: {} })
  expect(warnings.map(({ code }) => code)).not.toContain('known-value-in-output')
})

test('finds a value that was to go in another column, however it is written', async () => {
  const { verification, warnings } = await reported(
    `id,name,mail,iban,ref,note\n${row},k 2214 x,"see k-2214/x and K-2214-Y"\n`,
    columns,
  )
  expect(verification.known).toEqual({ ref: 1, note: 1 })
  expect(warnings).toContainEqual({ code: 'known-value-in-output', column: 'ref', figure: 1 })
})

test('finds identifiers that an operation let through', async () => {
  const { verification, warnings } = await reported(
    'a,b\n1,x DE02120300000000202051\n2,w.ostermoor@example.com\n',
    'a: { type: code, do: keep }\nb: { type: code, do: generalise, first: 100 }',
  )
  // One character goes, which leaves a mail address one: w.ostermoor@example.co.
  expect(verification.found).toEqual({ email: 1 })
  expect(warnings).toContainEqual({ code: 'identifier-in-output', column: undefined, figure: 1 })
})

test('holds no value, looks at a part of what is long, and adds up over threads', async () => {
  const many = `id,name,mail,iban,ref,note\n${`${row},active,\n`.repeat(200_000)}`
  const { verification, ...others } = await reported(many, columns, 2)
  expect(verification.blocks).toBeGreaterThan(8)
  expect(verification.blocksLooked).toBeLessThan(verification.blocks)
  expect(verification.blocksLooked).toBeGreaterThanOrEqual(4)
  expect(verification.known).toEqual({})
  expect(JSON.stringify(others)).not.toMatch(/stermoor|2214/u)
})
