import { expiredTokens, forgedTokens } from './forged.ts'
import { bruteForce, enumerationByText, enumerationByTime } from './guessing.ts'
import { attackSuite } from './suite.ts'

attackSuite('what is guessed or forged', [
  bruteForce,
  enumerationByText,
  enumerationByTime,
  forgedTokens,
  expiredTokens,
])
