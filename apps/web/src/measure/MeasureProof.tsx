import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { publicSigns } from '@art32/press'
import type { MeasureView, PartView, RegisterView, StatementView } from '../api/api.ts'
import { keyOf, useChange, useTenant } from '../api/use-api.ts'
import { useMay } from '../account/session.ts'
import { measureTitle } from '../catalogue/measure-title.ts'
import { useSystemName } from '../connection/use-systems.ts'
import { roleWord } from '../edition/role-word.ts'
import { Sign } from '../frame/Sign.tsx'
import { History } from '../history/History.tsx'
import { day, moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { withMeasure } from '../register/register-view.ts'
import { CheckBacking } from './CheckBacking.tsx'
import { cadenceWord } from './cadence.ts'
import { Comments } from './Comments.tsx'
import { parameterName, parameterValue } from './parameter.ts'

/** Everything that stands behind one line: what it means, what was checked, what it promises, what happened to it. */
export function MeasureProof({ statement }: { statement: StatementView }) {
  const { t } = useTranslation()
  const mayLedger = useMay('ledger:read')
  const { measure } = statement
  if (measure === null) return null
  return (
    <div className="proof-panel">
      <blockquote className="quoted">{statement.text}</blockquote>
      <ExceptionNote measure={measure} />
      <NextStep statement={statement} measure={measure} />
      <h3>{t('proof.meaning')}</h3>
      {measure.parts.length === 0 ? <p className="quiet">{t('proof.noPart')}</p> : null}
      {measure.parts.map((part) => (
        <Part key={part.catalogueId} part={part} sure={statement.sure} />
      ))}
      <Parameters statement={statement} measure={measure} />
      <Terms statement={statement} measure={measure} />
      {mayLedger ? <Comments measureId={measure.id} /> : null}
      {mayLedger ? (
        <>
          <h3>{t('proof.history')}</h3>
          <History id={measure.id} />
        </>
      ) : null}
    </div>
  )
}

/** An exception does not hide: the line says it. */
function ExceptionNote({ measure: { exception } }: { measure: MeasureView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  if (exception === null) return null
  return (
    <p className="aside-note">
      <strong>{t('exception.until', { day: day(exception.until, language) })}</strong> {exception.reason}{' '}
      <Link to="/t/$slug/findings" params={{ slug }} search={{ state: 'excepted' }}>
        {t('exception.toFindings')}
      </Link>
    </p>
  )
}

function NextStep({ statement, measure }: { statement: StatementView; measure: MeasureView }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const client = useQueryClient()
  const mayConfirm = useMay('mapping:confirm')
  const confirming = useChange('measure.confirm', {
    onDone: (changed) => {
      client.setQueryData<RegisterView>(
        keyOf(slug, 'register.show', {}),
        (known) => known && withMeasure(known, changed.measure),
      )
    },
  })
  if (measure.next === 'none') return null
  return (
    <p className="aside-note">
      {t(`proof.next.${measure.next}`)}{' '}
      {measure.next === 'mend' ? (
        <Link to="/t/$slug/findings" params={{ slug }} search={{}}>
          {t('proof.toFindings')}
        </Link>
      ) : measure.next === 'connect' || measure.next === 'look-again' ? (
        <Link to="/t/$slug/systems" params={{ slug }}>
          {t('proof.toSystems')}
        </Link>
      ) : measure.next === 'confirm' && mayConfirm ? (
        <Button
          size="compact-xs"
          loading={confirming.isPending}
          onClick={() => confirming.mutate({ measureId: measure.id, revision: measure.revision })}
        >
          {t('read.confirm')}
        </Button>
      ) : statement.status === 'planned' ? (
        t('proof.isPlanned')
      ) : null}
    </p>
  )
}

function Part({ part, sure }: { part: PartView; sure: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <section className="part">
      <h4>{measureTitle(part.catalogueId, language)}</h4>
      <p className="note quiet">
        {part.confirmedBy === null || part.confirmedAt === null
          ? t(sure ? 'proof.unconfirmed' : 'proof.unsure')
          : t(`proof.confirmed.${part.confirmedBy}`, { day: day(part.confirmedAt, language) })}
      </p>
      {part.signOffs.map(({ title, by, at, freshUntil, isOverdue, performed }) => (
        <p key={`${title} ${at}`} className="note">
          {by === null || at === null || freshUntil === null
            ? t('proof.notSignedOff', { title })
            : t('proof.signedOff', {
                title,
                role: roleWord(by, t),
                day: day(at, language),
                until: day(freshUntil, language),
              })}
          {performed && ` ${t('proof.performed', { onTime: performed.onTime, of: performed.of })}`}
          {isOverdue && ` ${t('proof.overdue')}`}
        </p>
      ))}
      {part.guarantees.map(({ processor, title, freshUntil, byProcessor, byUs, byCustomer }) => (
        <div key={`${processor} ${title}`} className="note">
          <p>
            {freshUntil === null
              ? t('proof.notOnFile', { processor })
              : t('proof.onFile', { processor, title, until: moment(freshUntil, language) })}
          </p>
          <ul className="sentences">
            {(
              [
                ['byProcessor', byProcessor],
                ['byUs', byUs],
                ['byCustomer', byCustomer],
              ] as const
            )
              .filter(([, text]) => text !== '')
              .map(([who, text]) => (
                <li key={who}>
                  {t(`processor.${who}`)}: {text}
                </li>
              ))}
          </ul>
        </div>
      ))}
      {part.checks.length === 0 && part.signOffs.length + part.guarantees.length > 0 ? null : part.checks.length ===
        0 ? (
        <p className="note quiet">{t(part.provable ? 'proof.noCheckYet' : 'proof.notProvable')}</p>
      ) : (
        <ul className="backing">
          {part.checks.map((check) => (
            <CheckBacking key={`${check.check} ${check.systemId}`} check={check} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Parameters({ statement, measure }: { statement: StatementView; measure: MeasureView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const entries = Object.entries(statement.parameters)
  if (entries.length === 0) return null
  return (
    <>
      <h3>{t('proof.parameters')}</h3>
      <dl className="facts">
        {entries.map(([name, value]) => (
          <div key={name}>
            <dt>{parameterName(name, t)}</dt>
            <dd>
              {parameterValue(value, language)}
              {measure.unproven.includes(name) ? <span className="quiet"> – {t('proof.unproven')}</span> : null}
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}

function Terms({ statement, measure }: { statement: StatementView; measure: MeasureView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const systemName = useSystemName()
  const rows: readonly (readonly [string, string])[] = [
    [t('measure.status'), t(`status.${statement.status}`)],
    [t('measure.owner'), measure.owner ?? t('measure.nobody')],
    [t('measure.guarantor'), t(`guarantor.${measure.guarantor}`)],
    [
      t('measure.scope'),
      measure.scope.length === 0 ? t('measure.everywhere') : measure.scope.map(systemName).join(', '),
    ],
    ...(measure.discovered === null ? [] : [[t('measure.discovered'), measure.discovered[language]] as const]),
    [t('measure.cadence'), measure.cadence === null ? t('measure.noCadence') : cadenceWord(measure.cadence, t)],
    [t('measure.visibility'), t(`visibility.${measure.visibility}`)],
    ...(measure.freshUntil === null ? [] : [[t('proof.freshUntil'), moment(measure.freshUntil, language)] as const]),
    [
      t('proof.place'),
      statement.page === null ? t('proof.line', { line: statement.line }) : t('proof.page', { page: statement.page }),
    ],
  ]
  return (
    <>
      <h3>{t('proof.terms')}</h3>
      <dl className="facts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>{t('proof.public')}</dt>
          <dd>
            <Sign sign={publicSigns[measure.publicState]} />
          </dd>
        </div>
      </dl>
    </>
  )
}
