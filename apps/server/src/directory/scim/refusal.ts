/** What a directory may be told, in the words of RFC 7644 §3.12. */
type ScimType = 'invalidFilter' | 'uniqueness' | 'invalidSyntax' | 'invalidPath' | 'invalidValue' | 'mutability'

/** A refusal on its way to a directory. Its sentence is ours: nothing of the request is repeated. */
export class ScimRefusal extends Error {
  readonly status: number
  readonly type: ScimType | null

  constructor(status: number, sentence: string, type: ScimType | null = null) {
    super(sentence)
    this.name = 'ScimRefusal'
    this.status = status
    this.type = type
  }
}

export const notFound = () => new ScimRefusal(404, 'There is no such resource in this tenant.')
export const invalid = (sentence: string) => new ScimRefusal(400, sentence, 'invalidValue')
export const taken = () => new ScimRefusal(409, 'There is such a resource already.', 'uniqueness')
