import { describePermissions } from '../../../scripts/testing/operations/tenant-suite.ts'

describePermissions('f-o')
