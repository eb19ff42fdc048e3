import type { z } from 'zod'
import type { ErrorMaker } from './error.ts'
import type { Permission } from './permission.ts'

/** Where an operation works: on the whole installation, inside one tenant, or for anybody. */
export type Scope = 'installation' | 'tenant' | 'public'

/** How data travels: JSON both ways, a file in, a file out, or a stream of server-sent events. */
export type Kind = 'json' | 'upload' | 'download' | 'stream'

/** A file that an upload operation receives; the bytes are attacker-controlled. */
export interface Upload {
  readonly name: string
  /** Empty where the operation has it spooled. */
  readonly bytes: Uint8Array
  /** Where it lies on the disk, for an operation that has it spooled; gone when that ends. */
  readonly path?: string
}

/** For whom an upload is looked at. */
export interface Inspecting {
  readonly tenantId: string
  readonly accountId: string | null
  readonly permissions: readonly Permission[]
}

/** Looks at an upload before the transaction. */
export type Inspects<I> = (upload: Upload, by: Inspecting, input: I) => Promise<Upload>

/** Works on an upload as it arrives. */
export interface Passes<I> {
  readonly limitMiB: number
  pass(
    body: AsyncIterable<Uint8Array>,
    given: { readonly name: string; readonly input: I },
    by: Inspecting,
  ): Promise<Upload>
}

/** Bytes in, bytes out: what an upload that is answered with what became of it hands out. */
export interface Filter {
  readonly name: string
  readonly type: string
  readonly headers: Readonly<Record<string, string>>
  /** What comes out as it comes; an error before the first bytes is the answer, a later one cuts the answer off. */
  readonly filter: (body: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>
}

/** A file that a download operation hands out. */
export interface Download {
  readonly name: string
  readonly type: string
  /**
   * Whole; or made after the transaction of the operation has ended, at once or part by part: nobody waits for a document
   * with a connection of the database in hand.
   */
  readonly bytes: Uint8Array | (() => Promise<Uint8Array>) | AsyncIterable<Uint8Array>
}

/**
 * Something a caller can do, as data with one function. The HTTP API, the OpenAPI document and the remote CLI are loops
 * over these: a new capability is one object, never three adapters.
 *
 * Inside `run` the order is always: load → decide → save → append to the ledger, in the one transaction of the context.
 * The adapter has authorised the caller by `needs` before.
 */
export interface Operation<
  C,
  I extends z.ZodObject = z.ZodObject,
  O extends z.ZodType = z.ZodType,
  Id extends string = string,
> {
  /** `noun.verb`; the URL is `/api[/tenants/{tenant}]/noun/verb`. */
  readonly id: Id
  readonly summary: string
  readonly kind: Kind
  readonly scope: Scope
  /** The permission that the caller's role must carry; null: being signed in (or, in scope public, nothing) is enough. */
  readonly needs: Permission | null
  /** Whether it changes something: such an operation is a POST and appends to the ledger. */
  readonly changes: boolean
  /** Whether every leaf that waits must have its place in the ledger before it runs: editions and bundles cite places. */
  readonly settled: boolean
  /** Whether the caller must have confirmed a short time ago that it is they: for what is dangerous and cannot be undone. */
  readonly stepUp: boolean
  /**
   * For an upload that may be larger than memory: it is kept on the disk, up to so many MiB, after `admits` let the caller
   * in. Null: it is read into memory, up to the limit of all uploads.
   */
  readonly spools: { readonly limitMiB: number; admits(context: C): Promise<void> } | null
  /**
   * Looks at an upload for what takes long, after the caller was let in and before the transaction begins; `run` receives what
   * it returns. Null: there is nothing to look at.
   */
  readonly inspects: Inspects<z.output<I>> | null
  /**
   * For an upload that is worked on as it arrives, up to so many MiB, after the caller was let in and before the transaction begins:
   * it is never held as it was sent. `run` receives what it returns. Null: the upload is read first.
   */
  readonly passes: Passes<z.output<I>> | null
  /**
   * For an upload, up to so many MiB, that is answered with what becomes of it, while it is sent: `run` returns a {@link Filter}. Null:
   * it is answered with JSON.
   */
  readonly filters: { readonly limitMiB: number } | null
  /** Strict: an unknown field is refused. */
  readonly input: I
  readonly output: O
  readonly refuses: readonly ErrorMaker[]
  run(input: z.output<I>, context: C): Promise<z.input<O>>
}

/** An operation whose context and shapes are not known any more: what adapters loop over. */
export interface AnyOperation<C = never> extends Omit<Operation<C>, 'run' | 'spools' | 'passes' | 'inspects'> {
  readonly spools: { readonly limitMiB: number; admits(context: never): Promise<void> } | null
  readonly inspects: Inspects<never> | null
  readonly passes: Passes<never> | null
  run(input: never, context: C): Promise<unknown>
}

type Defaults = 'kind' | 'refuses' | 'changes' | 'settled' | 'stepUp' | 'spools' | 'inspects' | 'passes' | 'filters'

/** Gives `defineOperation` for one kind of context, with the defaults filled in. */
export function operationsFor<C>(scope: Scope) {
  return function define<const Id extends string, I extends z.ZodObject, O extends z.ZodType>(
    operation: Omit<Operation<C, I, O, Id>, Defaults | 'scope'> & Partial<Pick<Operation<C, I, O, Id>, Defaults>>,
  ): Operation<C, I, O, Id> {
    return {
      kind: 'json',
      refuses: [],
      changes: false,
      settled: false,
      stepUp: false,
      spools: null,
      inspects: null,
      passes: null,
      filters: null,
      ...operation,
      scope,
      input: operation.input.strict() as unknown as I,
    }
  }
}
