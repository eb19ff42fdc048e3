import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { stepKey, stepOf, steps, typesFor } from './plan.ts'
import type { ColumnPlan, Plan } from './plan.ts'
import { typeName } from './type-name.ts'

/** More columns than this are for the plan as a file. */
const mostShown = 300

/** Each column with what is in it and what is done with it, to be corrected. */
export function PlanTable({ plan, onChange }: { plan: Plan; onChange: (plan: Plan) => void }) {
  const { t } = useTranslation()
  const columns = Object.entries(plan.columns)
  if (columns.length === 0) return <p className="waiting">{t('shield.noColumns')}</p>
  const set = (name: string, column: ColumnPlan) => {
    const done = { ...plan, columns: { ...plan.columns, [name]: column } }
    // What is not there as it was cannot point at anybody together with others.
    const isSeen = column.do === 'keep' || column.do === 'generalise'
    onChange({ ...done, quasiIdentifiers: plan.quasiIdentifiers.filter((one) => one !== name || isSeen) })
  }
  const left = columns.length - mostShown
  return (
    <>
      <table className="shield-table">
        <thead>
          <tr>
            <th scope="col">{t('shield.column')}</th>
            <th scope="col">{t('shield.type')}</th>
            <th scope="col">{t('shield.sure')}</th>
            <th scope="col">{t('shield.do')}</th>
          </tr>
        </thead>
        <tbody>
          {columns.slice(0, mostShown).map(([name, column]) => (
            <Row key={name} name={name} column={column} onChange={(changed) => set(name, changed)} />
          ))}
        </tbody>
      </table>
      {left > 0 ? <p className="waiting">{t('shield.moreColumns', { count: left })}</p> : null}
    </>
  )
}

function Row({ name, column, onChange }: { name: string; column: ColumnPlan; onChange: (column: ColumnPlan) => void }) {
  const { t } = useTranslation()
  const offered: readonly string[] = steps.some((one) => one === column.do) ? steps : [column.do, ...steps]
  const confidence = column.confidence ?? null
  return (
    <tr data-unsure={confidence !== null && confidence < 0.6}>
      <th scope="row">{name}</th>
      <td>
        <NativeSelect
          aria-label={t('shield.ofColumn', { what: t('shield.type'), column: name })}
          value={column.type}
          onChange={(event) => onChange({ ...column, type: event.currentTarget.value })}
          data={typesFor(column.type).map((type) => ({ value: type, label: typeName(type, t) }))}
        />
      </td>
      <td className="shield-sure" data-label={t('shield.sure')}>
        {confidence === null ? '–' : `${Math.round(confidence * 100)} %`}
      </td>
      <td>
        <NativeSelect
          aria-label={t('shield.ofColumn', { what: t('shield.do'), column: name })}
          value={column.do}
          onChange={(event) => {
            const step = steps.find((one) => one === event.currentTarget.value)
            if (step !== undefined) onChange(stepOf(step, column))
          }}
          data={offered.map((step) => ({ value: step, label: t(`shield.does.${stepKey(step)}`) }))}
        />
      </td>
    </tr>
  )
}
