/** A fault of one field of the input. */
export type FieldProblem = { readonly path: string; readonly problem: string }

/** What the server refused, in the words it gave, or why there was no answer at all. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  /** Names the request in the server's log; null where no answer came. */
  readonly trace: string | null
  readonly fields: readonly FieldProblem[]

  constructor(problem: {
    status: number
    code: string
    detail: string
    trace?: string | null
    fields?: readonly FieldProblem[]
  }) {
    super(problem.detail)
    this.name = 'Problem'
    this.status = problem.status
    this.code = problem.code
    this.trace = problem.trace ?? null
    this.fields = problem.fields ?? []
  }
}

/** Whether nobody is signed in any more. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof Problem && error.status === 401
}

/** Reads an `application/problem+json` body; what is none becomes a problem all the same. @source RFC 9457 */
export function problemFrom(status: number, body: unknown): Problem {
  const record = isRecord(body) ? body : {}
  const text = (name: string): string | null => (typeof record[name] === 'string' ? record[name] : null)
  return new Problem({
    status,
    code: text('code') ?? 'unknown',
    detail: text('detail') ?? text('message') ?? text('title') ?? '',
    trace: text('trace'),
    fields: Array.isArray(record['fields']) ? record['fields'].filter(isField) : [],
  })
}

function isField(value: unknown): value is FieldProblem {
  return isRecord(value) && typeof value['path'] === 'string' && typeof value['problem'] === 'string'
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
