import { approvalCases } from '../../review/cases.ts'
import { examine } from '../../testing/examine.ts'
import { bbPrMergedApproved } from './merged-approved.ts'

examine(bbPrMergedApproved, approvalCases)
