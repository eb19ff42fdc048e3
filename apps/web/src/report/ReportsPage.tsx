import { Button } from '@mantine/core'
import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import type { Output } from '../api/api.ts'
import { useRead, useTenant } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { Downloads } from '../paper/Downloads.tsx'
import { AddReport } from './AddReport.tsx'
import { Advisories } from './Advisories.tsx'
import { Settings } from './Settings.tsx'
import { isOver, Standing } from './Standing.tsx'
import './report.css'

type Shown = Output<'report.list'>
type Line = Shown['reports'][number]

/** Reports of vulnerabilities, what is promised about them, and the advisories. */
export function ReportsPage() {
  const { t } = useTranslation()
  const mayWrite = useMay('register:write')
  const { over = false } = useSearch({ from: '/signed-in/t/$slug/reports' })
  const read = useRead('report.list', {})
  const [adding, setAdding] = useState(false)
  return (
    <Page
      title={t('report.title')}
      lead={t('report.lead')}
      actions={mayWrite ? <Button onClick={() => setAdding(true)}>{t('report.add')}</Button> : undefined}
    >
      <Loaded read={read}>{(shown) => <Whole shown={shown} over={over} />}</Loaded>
      <Dialog title={t('report.add')} opened={adding} onClose={() => setAdding(false)}>
        <AddReport />
      </Dialog>
    </Page>
  )
}

function Whole({ shown, over }: { shown: Shown; over: boolean }) {
  const { t } = useTranslation()
  const { reports, counts, figure, isOpenNow, formUrl } = shown
  const listed = reports.filter((one) => isOver(one) === over)
  return (
    <>
      {isOpenNow ? (
        <p>
          {reports.length === 0 ? t('report.none') : t('report.formOpen')} <a href={formUrl}>{formUrl}</a>
        </p>
      ) : (
        <p>{t('report.formClosed')}</p>
      )}
      {reports.length === 0 ? null : (
        <>
          {figure.counted === 0 ? null : <p>{t('report.figure', figure)}</p>}
          <Tabs open={counts.open} over={counts.over} />
          {listed.length === 0 ? <p>{t(over ? 'report.noneOver' : 'report.noneOpen')}</p> : <Rows reports={listed} />}
          <Downloads operation="report.export" input={{}} formats={['csv', 'pdf', 'docx']} label={t('report.export')} />
        </>
      )}
      <Advisories />
      <Settings key={shown.setting.setAt} shown={shown} />
    </>
  )
}

function Tabs({ open, over }: { open: number; over: number }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  return (
    <nav className="tabs" aria-label={t('report.title')}>
      <Link
        to="/t/$slug/reports"
        params={{ slug }}
        search={{}}
        activeOptions={{ exact: true, explicitUndefined: true }}
      >
        {t('report.open', { count: open })}
      </Link>
      <Link to="/t/$slug/reports" params={{ slug }} search={{ over: true }} activeOptions={{ exact: true }}>
        {t('report.over', { count: over })}
      </Link>
    </nav>
  )
}

function Rows({ reports }: { reports: readonly Line[] }) {
  const slug = useTenant() ?? ''
  return (
    <ul className="rows">
      {reports.map((report) => (
        <li key={report.reportId} className="row">
          <div className="row-main">
            <h2 className="row-title">
              <Link to="/t/$slug/report/$reportId" params={{ slug, reportId: report.reportId }}>
                {report.title}
              </Link>
            </h2>
            <Standing report={report} />
          </div>
        </li>
      ))}
    </ul>
  )
}
