"""Ready pieces for services that grade: what their zips and scripts are made of."""
