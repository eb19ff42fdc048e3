import { scimInput, scimPeople, scimToken } from './scim.ts'
import { attackSuite } from './suite.ts'

attackSuite('the directory', [scimToken, scimPeople, scimInput])
