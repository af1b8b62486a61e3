/** The environment variable with the port on which the tests listen to the drivers of their windows. */
export const driverVariable = 'BUFFER_TEST_DRIVER';
