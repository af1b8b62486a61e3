/** Whether a clear, still night will bring frost to the ground although the air stays above zero. */
export function groundFrostLikely(airMinimum: number, cloudCover: number, windSpeed: number): boolean {
  // On a clear and windless night the ground loses up to four degrees more than the air.
  const radiationLoss = 4 * (1 - cloudCover) * Math.max(0, 1 - windSpeed / 4);
  return airMinimum - radiationLoss <= 0;
}
