import { approvalCases } from '../../review/cases.ts'
import { examine } from '../../testing/examine.ts'
import { ghPrMergedApproved } from './merged-approved.ts'

examine(ghPrMergedApproved, approvalCases)
