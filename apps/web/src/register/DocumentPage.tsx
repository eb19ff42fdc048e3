import { Button } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { assuranceSigns } from '@art32/press'
import type { RegisterView, StatementView } from '../api/api.ts'
import { Problem } from '../api/problem.ts'
import { useRead, useTenant } from '../api/use-api.ts'
import { useMay } from '../account/session.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { Panel } from '../frame/Panel.tsx'
import { Sign } from '../frame/Sign.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { MeasureProof } from '../measure/MeasureProof.tsx'
import { Contents } from './Contents.tsx'
import { RegisterSummary } from './RegisterSummary.tsx'
import { RegisterLine } from './RegisterLine.tsx'
import { SectionHeading } from './SectionHeading.tsx'
import { Windowed } from './Windowed.tsx'
import { filterSections, sectionsOf, withoutTitle } from './register-view.ts'
import { blocksOf } from './windows.ts'
import './register.css'

/** The main page of a tenant: its TOM document, with the proof in the margin. */
export function DocumentPage() {
  const register = useRead('register.show', {})
  const none = register.error instanceof Problem && register.error.code === 'measure.no_register'
  const { t } = useTranslation()
  if (none) return <NoRegister />
  if (!register.data) {
    return (
      <Page title={t('frame.document')}>
        <Loaded read={register}>{() => null}</Loaded>
      </Page>
    )
  }
  return <Document register={register.data} />
}

function NoRegister() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const mayWrite = useMay('register:write')
  return (
    <Page title={t('document.none')} lead={t('document.noneLead')}>
      <ol className="steps">
        {(['read', 'confirm', 'connect', 'publish'] as const).map((step) => (
          <li key={step}>{t(`document.step.${step}`)}</li>
        ))}
      </ol>
      {mayWrite ? (
        <Button variant="filled" renderRoot={(props) => <Link to="/t/$slug/read" params={{ slug }} {...props} />}>
          {t('document.start')}
        </Button>
      ) : null}
    </Page>
  )
}

function Document({ register }: { register: RegisterView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const navigate = useNavigate({ from: '/t/$slug/' })
  const { line, show } = useSearch({ from: '/signed-in/t/$slug/' })
  const mayWrite = useMay('register:write')
  const { document, statements } = register
  const title = document.title ?? document.name
  const sections = useMemo(() => withoutTitle(sectionsOf(statements), title), [statements, title])
  const shown = useMemo(() => filterSections(sections, show ?? []), [sections, show])
  const blocks = useMemo(() => blocksOf(shown), [shown])
  const opened = statements.find(({ id }) => id === line)
  const open = useCallback(
    (id: string) =>
      void navigate({
        search: ({ line, ...rest }) => (line === id ? rest : { ...rest, line: id }),
        resetScroll: false,
      }),
    [navigate],
  )
  const close = () => {
    if (line !== undefined) window.document.getElementById(`proof-${line}`)?.focus({ preventScroll: true })
    void navigate({ search: ({ show }) => (show ? { show } : {}), resetScroll: false })
  }
  return (
    <Page
      wide
      title={title}
      lead={
        <p className="lead">
          {[
            document.version === null ? null : t('document.version', { version: document.version }),
            document.dated === null
              ? t('document.undated')
              : t('document.dated', { day: day(document.dated, language) }),
            t('document.readOn', { day: day(document.readAt, language), name: document.name }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      }
    >
      <RegisterSummary register={register} show={show ?? []} />
      <div className="sheet">
        <div className="sheet-text" lang={document.language}>
          <Windowed blocks={blocks} pinned={line ?? null}>
            {(block) => (
              <>
                {block.first && block.section.heading ? <SectionHeading heading={block.section.heading} /> : null}
                <ul className="lines">
                  {block.statements.map((statement) => (
                    <RegisterLine
                      key={statement.id}
                      statement={statement}
                      opened={statement.id === line}
                      onOpen={open}
                    />
                  ))}
                </ul>
              </>
            )}
          </Windowed>
        </div>
        <aside className="sheet-side" aria-label={t('document.side')}>
          {opened ? (
            <Panel key={opened.id} title={titleOf(opened)} onClose={close}>
              <MeasureProof statement={opened} />
              {mayWrite ? (
                <p className="panel-foot">
                  <Link to="/t/$slug/read" params={{ slug }} search={{ document: document.id, line: opened.id }}>
                    {t('document.edit')}
                  </Link>
                </p>
              ) : null}
            </Panel>
          ) : (
            <Contents sections={shown} />
          )}
        </aside>
      </div>
    </Page>
  )
}

function titleOf(statement: StatementView) {
  return statement.measure ? <Sign sign={assuranceSigns[statement.measure.assurance]} /> : null
}
