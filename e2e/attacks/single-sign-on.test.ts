import { openIdFactor, openIdMixUp, openIdNext, openIdState, openIdTenant, openIdToken } from './single-sign-on.ts'
import { attackSuite } from './suite.ts'

attackSuite(
  'signing in by a provider',
  [openIdState, openIdToken, openIdMixUp, openIdTenant, openIdNext, openIdFactor],
  { mayBeLocal: true },
)
