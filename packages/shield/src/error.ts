/** What is wrong with an input, a plan or a key, where it is, and what to do. Never with a value out of the input. */
export class ShieldError extends Error {
  override readonly name = 'ShieldError'
}
