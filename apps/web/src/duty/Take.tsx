import { NumberInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Downloads } from '../paper/Downloads.tsx'

/** Everything about duties that can be taken along. */
export function Take({ today }: { today: string }) {
  const { t } = useTranslation()
  const [year, setYear] = useState(Number(today.slice(0, 4)))
  return (
    <section className="section" aria-labelledby="take-duties">
      <h2 id="take-duties">{t('duty.take')}</h2>
      <Downloads
        operation="duty.export"
        input={{ what: 'duties' }}
        formats={['pdf', 'docx', 'csv']}
        label={t('duty.takeDuties')}
      />
      <Downloads operation="duty.export" input={{ what: 'days' }} formats={['csv']} label={t('duty.takeDays')} />
      <div className="filters">
        <NumberInput
          hideControls
          label={t('duty.takeYear')}
          value={year}
          min={2000}
          max={2200}
          allowDecimal={false}
          onChange={(value) => {
            if (typeof value === 'number') setYear(value)
          }}
        />
      </div>
      <Downloads
        operation="duty.export"
        input={{ what: 'year', year: String(year) }}
        formats={['pdf', 'docx', 'csv']}
        label={t('duty.calendarOf', { year })}
      />
    </section>
  )
}
