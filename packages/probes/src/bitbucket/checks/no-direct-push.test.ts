import { pushCases } from '../../review/cases.ts'
import { examine } from '../../testing/examine.ts'
import { bbPrNoDirectPush } from './no-direct-push.ts'

examine(bbPrNoDirectPush, pushCases)
