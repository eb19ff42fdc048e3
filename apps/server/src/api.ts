/**
 * The shape of the HTTP API, for clients in TypeScript: types only, derived from the operations themselves.
 *
 * A client writes `Api['measure.confirm']['input']`; there is no second list to keep true.
 */
import type { z } from 'zod'
import type { allOperations } from './operations.ts'

type Operations = ReturnType<typeof allOperations>[number]

type Shape<O> = O extends { input: infer I extends z.ZodType; output: infer R extends z.ZodType }
  ? { input: z.input<I>; output: z.output<R> }
  : never

/** Input and output of every operation by its id. */
export type Api = { [O in Operations as O['id']]: Shape<O> }
