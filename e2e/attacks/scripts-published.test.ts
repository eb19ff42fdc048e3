import { afterAll, beforeAll } from 'vitest'
import { buildWeb } from '../../apps/cli/src/serve.ts'
import { browserAbsent } from '../browser.ts'
import { closeBrowser, publishedScript } from './pages.ts'
import { attackSuite } from './suite.ts'

beforeAll(buildWeb)

attackSuite('texts that are published', [publishedScript], { absent: browserAbsent })

afterAll(closeBrowser)
