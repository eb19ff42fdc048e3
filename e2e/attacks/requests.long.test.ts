import { caches } from './caches.ts'
import { hosts } from './hosts.ts'
import { withoutMeasure } from './limits.ts'
import { smuggling } from './smuggling.ts'
import { sqlInjection } from './sql.ts'
import { attackSuite } from './suite.ts'

attackSuite('the requests themselves', [smuggling, hosts, withoutMeasure, caches, sqlInjection])
