import { afterAll, beforeAll } from 'vitest'
import { buildWeb } from '../../apps/cli/src/serve.ts'
import { browserAbsent } from '../browser.ts'
import { closeBrowser, policyHolds, policyViolations, sessionCookie } from './pages.ts'
import { attackSuite } from './suite.ts'

beforeAll(buildWeb)

attackSuite('pages in a browser', [policyViolations, policyHolds, sessionCookie], { absent: browserAbsent })

afterAll(closeBrowser)
