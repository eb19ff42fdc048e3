/**
 * The shape of the HTTP API, for clients in TypeScript: types only, derived from the operations themselves.
 *
 * A client writes `Api['measure.confirm']['input']`; there is no second list to keep true.
 */
import type { z } from 'zod'
import type { TenantContext } from './evidence/index.ts'
import type { allOperations } from './operations.ts'

type Operations = ReturnType<typeof allOperations>[number]

type Shape<O> = O extends {
  input: infer I extends z.ZodType
  output: infer R extends z.ZodType
  run(input: never, context: infer C): unknown
}
  ? { input: z.input<I>; output: z.output<R>; inTenant: C extends TenantContext ? true : false }
  : never

/** Input and output of every operation by its id, and whether it works inside one tenant. */
export type Api = { [O in Operations as O['id']]: Shape<O> }
