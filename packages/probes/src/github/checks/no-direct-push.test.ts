import { pushCases } from '../../review/cases.ts'
import { examine } from '../../testing/examine.ts'
import { ghPrNoDirectPush } from './no-direct-push.ts'

examine(ghPrNoDirectPush, pushCases)
