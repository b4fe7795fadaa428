/** The mean of the last so many seconds: a monitor shows no single beat. One value a second goes in. */
export interface Average {
  /** Takes the newest value, gives the mean; `null` empties it: nothing was measured. */
  take(value: number | null): number | null;
}

export function newAverage(seconds: number): Average {
  let values: number[] = [];
  return {
    take(value) {
      if (value === null) {
        values = [];
        return null;
      }
      values.push(value);
      if (values.length > seconds) values.shift();
      return values.reduce((sum, each) => sum + each, 0) / values.length;
    },
  };
}
