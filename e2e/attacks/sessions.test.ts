import { attackSuite } from './suite.ts'
import { csrf, sessionFixation } from './sessions.ts'

attackSuite('sessions', [sessionFixation, csrf])
