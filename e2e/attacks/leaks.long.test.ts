import { inject } from 'vitest'
import { errorBodies, secretsInLogs } from './leaks.ts'
import { attackSuite } from './suite.ts'

attackSuite('what comes out', [errorBodies(() => inject('databaseUrl')), secretsInLogs])
