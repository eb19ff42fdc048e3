/** Why a key cannot be used; none of them tells anything of the key. */
export type KeyErrorCode = 'missing' | 'malformed' | 'exists' | 'name' | 'share' | 'forged'

/** A key, a share of one or what was sealed with one is refused. The message never holds a secret or a value. */
export class KeyError extends Error {
  readonly code: KeyErrorCode

  constructor(code: KeyErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'KeyError'
    this.code = code
  }
}
