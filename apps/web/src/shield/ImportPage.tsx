import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Output } from '../api/api.ts'
import { useRead } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { ReportShown } from './ReportShown.tsx'
import './shield.css'

/** What the shield found and did in one file. */
export function ImportPage() {
  const { importId = '' } = useParams({ strict: false })
  const read = useRead('shield.show', { importId })
  return <Loaded read={read}>{(shown) => <Shown shown={shown} />}</Loaded>
}

function Shown({ shown }: { shown: Output<'shield.show'> }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { report, files, kind, name, planName, planVersion, doneAt } = shown
  return (
    <Page
      title={t('shield.open', { name })}
      over={day(doneAt, language)}
      lead={t('shield.key', {
        plan: planName,
        version: planVersion,
        key: report.keyId,
        domain: report.plan.domain,
      })}
    >
      <ReportShown report={report} files={files} kind={kind} />
    </Page>
  )
}
