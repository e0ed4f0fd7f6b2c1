import type { FieldSnapshot } from './snapshot';

/** One reason for or against offering a code. `reason` is read by people: "why was this (not) filled?" */
export interface Evidence {
  reason: string;
  weight: number;
}

export type Signal = (field: FieldSnapshot) => Evidence | undefined;
