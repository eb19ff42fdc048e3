import { z } from 'zod'
import type { AnyOperation } from '../../apps/server/src/kernel/index.ts'
import { madeInput } from '../../scripts/testing/operations/made-input.ts'
import { rounds } from '../faults/tried.ts'
import type { Attack } from './attack.ts'
import { furnish } from './furnish.ts'
import { requestOf } from './target.ts'

/** Numbers that no list is as long as, that no column holds, and some that are none. */
const numbers = [
  '2147483648',
  '9007199254740991',
  '1000000000',
  '9007199254740993',
  '1e400',
  '-1',
  'NaN',
  '0x10',
  '1.5',
  '',
]

const Fields = z.object({
  properties: z.record(z.string(), z.object({ type: z.unknown().optional() }).catch({})).default({}),
})

/** Fields that take a number: in a query they come as text. */
const numbersOf = (operation: AnyOperation): string[] =>
  Object.entries(Fields.parse(z.toJSONSchema(operation.input, { io: 'output', unrepresentable: 'any' })).properties)
    .filter(([, { type }]) => type === 'integer' || type === 'number')
    .map(([name]) => name)

/** Of these, those that say how much is wanted. */
const amount = /^(most|limit|size|count|pageSize|perPage)$/

/** Most lines that one answer may hold. */
const mostLines = 1_000

/** Lists are asked for without measure. */
export const withoutMeasure: Attack = {
  id: 'without-measure',
  title: 'no list is longer than its largest page, and no number is too large to be refused',
  weaken: [
    {
      file: 'apps/server/src/measure/operations.ts',
      from: 'most: z.coerce.number().int().min(1).max(200).default(50)',
      to: 'most: z.coerce.number().int().min(1).default(50)',
    },
  ],
  async run(target, tally) {
    const { ids } = await furnish(target)
    const cookie = await target.signIn('owner')
    const some = numbers.slice(0, rounds(3, numbers.length))
    const calls = target.operations
      .filter(({ kind }) => kind === 'json' || kind === 'download')
      .flatMap((operation) =>
        numbersOf(operation).flatMap((name) => some.map((number) => ({ operation, name, number }))),
      )
    tally.add(calls.length >= 100 ? null : `there are ${calls.length} numbers to ask with only`)
    await tally.each(calls, async ({ operation, name, number }) => {
      const input = {
        ...madeInput(operation, { given: ids, sparse: true }),
        [name]: operation.changes ? Number(number) : number,
      }
      const answer = await target.send(...requestOf(operation, input, 'alpha', { cookie, origin: target.url }))
      const what = `${operation.id} with ${name}=${number}`
      if (answer.status >= 500) return `${what}: ${answer.status}`
      if (answer.status === 200 && amount.test(name) && Number(number) > mostLines) return `${what} is taken`
      const longest = answer.status === 200 && operation.kind === 'json' ? longestOf(answer.json()) : 0
      return longest > mostLines ? `${what}: ${longest} lines` : null
    })
  },
}

function longestOf(value: unknown): number {
  if (Array.isArray(value)) return Math.max(value.length, ...value.map(longestOf))
  if (typeof value === 'object' && value !== null) return Math.max(0, ...Object.values(value).map(longestOf))
  return 0
}
