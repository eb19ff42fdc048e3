import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const node = z.record(z.string(), z.unknown())
const named = z.object({ name: z.string(), in: z.string() })
const answers = z.record(
  z.string(),
  z.object({ content: z.record(z.string(), z.object({ schema: z.unknown() })).optional() }),
)

/** A published description of an API (OpenAPI 3), as far as it is compared with what a connector asks. */
export type Published = {
  has(call: string): boolean
  parameters(call: string): readonly string[]
  /** Whether the answer of a call has a field, by its path; `[]` steps into a list: `[].user.id`. */
  hasField(call: string, path: string): boolean
}

/** Reads a description beside the repository; undefined where there is none. */
export function findPublished(file: string): Published | undefined {
  const path = fileURLToPath(new URL(`../../../../../shared/contracts/${file}`, import.meta.url))
  return existsSync(path) ? publishedOf(node.parse(JSON.parse(readFileSync(path, 'utf8')))) : undefined
}

function publishedOf(document: z.output<typeof node>): Published {
  const at = (from: unknown, ...steps: readonly string[]): unknown =>
    steps.reduce<unknown>((value, step) => node.safeParse(value).data?.[step], from)
  const resolve = (value: unknown): unknown => {
    const reference = at(value, '$ref')
    return typeof reference === 'string' ? resolve(at(document, ...reference.slice(2).split('/'))) : value
  }
  const operation = (call: string) => {
    const [method = '', path = ''] = call.split(' ')
    return { own: at(document, 'paths', path, method.toLowerCase()), shared: at(document, 'paths', path, 'parameters') }
  }
  /** All schemas that a schema may stand for. */
  const variants = (schema: unknown): unknown[] => {
    const one = resolve(schema)
    const parts = ['allOf', 'anyOf', 'oneOf'].flatMap(
      (name) => z.array(z.unknown()).safeParse(at(one, name)).data ?? [],
    )
    return [one, ...parts.flatMap(variants)]
  }
  const holds = (schema: unknown, steps: readonly string[]): boolean => {
    const [step, ...rest] = steps
    if (step === undefined) return true
    return variants(schema).some((one) => {
      const inner = step === '[]' ? at(one, 'items') : at(one, 'properties', step)
      return inner !== undefined && holds(inner, rest)
    })
  }
  return {
    has: (call) => operation(call).own !== undefined,
    parameters(call) {
      const { own, shared } = operation(call)
      return [at(own, 'parameters'), shared]
        .flatMap((list) => z.array(z.unknown()).safeParse(list).data ?? [])
        .flatMap((one) => named.safeParse(resolve(one)).data?.name ?? [])
    },
    hasField(call, path) {
      const said = answers.safeParse(at(operation(call).own, 'responses')).data?.['200']?.content ?? {}
      const steps = path
        .split('.')
        .flatMap((step) => (step.endsWith('[]') && step !== '[]' ? [step.slice(0, -2), '[]'] : [step]))
      return Object.values(said).some(({ schema }) => holds(schema, steps))
    },
  }
}
