import { useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useRead } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { Intake } from './Intake.tsx'
import { Workbench } from './Workbench.tsx'
import '../register/register.css'
import './document.css'

/** Where a document is dropped, and where its lines are gone through one by one. */
export function ReadPage() {
  const { t } = useTranslation()
  const { document } = useSearch({ from: '/signed-in/t/$slug/read' })
  if (document === undefined) return <Intake />
  return <Opened key={document} documentId={document} fallback={t('frame.read')} />
}

function Opened({ documentId, fallback }: { documentId: string; fallback: string }) {
  const read = useRead('register.show', { documentId })
  if (read.data) return <Workbench register={read.data} />
  return (
    <Page title={fallback}>
      <Loaded read={read}>{() => null}</Loaded>
    </Page>
  )
}
