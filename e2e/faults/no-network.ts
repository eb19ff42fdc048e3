/** What was seen of art32 where there is no network but the machine's own. */
export interface SeenWithoutNetwork {
  /** Names of the networks that there are. */
  readonly networks: readonly string[]
  /** What became of a connection to elsewhere, and of asking for a name: a code. */
  readonly away: string
  readonly name: string
  readonly printed: string
  readonly complaints: string
  /** How the PDF of the edition begins. */
  readonly pdf: string
  readonly workplace: number
  /** The edition as a file, and at its address. */
  readonly verified: readonly { readonly status: number | null; readonly holds: boolean }[]
}
