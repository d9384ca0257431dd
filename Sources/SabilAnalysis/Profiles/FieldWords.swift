// Source: words of Sabil's own list of meanings of the field (taxonomy/words.tsv) that one of the three languages alone has
// there, accents folded; those that letter triples tell by themselves, that ``DomainWords`` or the function words hold, or
// that running text of another language has (SIB-200 and Sabil's hand-written records) left out; licence as the project; 2026-11.

/// Everyday words of the field that one language alone has and whose letters do not show it.
enum FieldWords {
    static let english = """
        able abolish abortion abroad absenteeism abuse academia academic accelerate accept acceptance accession \
        accommodation account accountable accountant accounts accuracy accurate achieve achievement acre act activate \
        activist acute adapt add adjustment administer administrator adopt adult advance advantage adverse advice \
        adviser advisor advocacy advocate affairs affect afford afforestation afraid afro agency agrarian agreement \
        agroecology aim airport airtime albinism alcoholism alert algorithm align alignment alimony alive alleviate \
        alleviation allocate allow alms alone alternative amazon ambassador amend amendment american amount anaemia \
        analyze anger antenatal appendix appliances applicant appoint appointment appraisal apprentice appropriate \
        approval approve april aquifer arbitration army arrange asian ask assembly asset assign assistive atm attack \
        attain attempt attendance attorney attract attractive author authoritarian autism automatic automation \
        autonomous autumn available average avoid award aware baby bad ban bank banknote bankruptcy barber barrier \
        basin basis bean beggar begin behavior benchmark beneficiaries better bias bicycle billion biometrics blackout \
        blanket blockade blockchain board boat border born borrow boy bracket brain branch bread breadwinner breakdown \
        bribe bride brief broad broken buffer build burden bureaucracy burial bursary buy cabinet calculate \
        calculation calendar camel campaigner cancel canteen capitalization capture career carer caseload caseworker \
        cashier cassava casualty cease ceasefire cell census center centralized certificate certify chain chair \
        challenge channel chapter charcoal charitable charter cheap cheaper check chief childcare chinese choice \
        choose chores christian chronic circumstance citizen citizenship civic claim claimant classify clientelism \
        close closure coal cocoa coffee cognitive cohort cold collaborate collapse colleague collect collection \
        colonialism combatant combination come commit common communal communicable compact company comparative \
        comparison compensate competent competition competitive complaint complementary completion complex component \
        comprehensive computer concentrate concern conclude concrete conducive confidence confidential confirm \
        confront connect connectivity consistency constitute constraint construct consumer contend contest context \
        contractor contribute contributor convene conviction convince cope copy corn corporate cotton council count \
        counter courier covenant cover cow craftsman creditor criteria criterion criticism criticize crop crowd crude \
        cryptocurrency cure current cushion custody custom customer customs cut cutback dam damage dashboard dead \
        deadline deaf deal debt debtor decade decentralization decline decrease decree dedicate deduct deep deficiency \
        degree delay delegate delete deliver deliverable demand dementia democracy demography demonstrate \
        demonstration denial deny department dependant dependency dependent deployment deposit descent descriptive \
        designate desire desk despite destitute destitution destroy destroyed detainee detect deter detergent \
        deteriorate determine detrimental develop device devote diagnosis diagram dialysis diarrhea diarrhoea die diet \
        dietary difficult digitalization digitization diplomat directorate disadvantage disagree disagreement disburse \
        disbursement discourage discover discriminate disincentive dismissal disseminate dissemination distinctive \
        distribute diverse diversify diversion divert dividend documentary donkey donor door doorstep doubt \
        downloadable downturn dozen dozens drive driver dropout drug due duplication duration duties dynamic earlier \
        earner ease easier eat ecosystem edible educate effect efficiency egg electrician electronic electronically \
        elementary eleven eliminate embezzlement emphasize empirical employ employee employers empower enable enact \
        end endorse endorsement endowment enemy enforcement engineer enrol enrollment ensure enter enterprise entire \
        entitlement entrepreneurship enumerate enumerator environment environmental equal equilibrium equipment escape \
        escort especially essential establish establishment esteem estimate ethics european evacuate evaluate event \
        everyone eviction exam examination example excise exclude exclusive executive exercise exhibition exodus \
        expect expectancy expectant expectation expense experiment expire explain explanation exploit explore export \
        exports exposure extend external extractive eyeglasses facilitate facilitator fact fail failure fair faith \
        fall false faq far fare farmer farmers faster fastest favourable fear feasible feature fees female feminism \
        fertiliser fertilizer fever fewer fgm field fieldwork find fingerprint firm fisherman fit five flat flee flour \
        flowchart focus fodder follow footwear foreigner foresee forget forgotten formalization formalize \
        fortification foster four free freedom freelancer freeze french friday friend frontier frontline frozen fulfil \
        funded furniture game garbage garden garment gasoline gcc gdp geographical get gift gig girl gis glasses \
        globalization goal goat good governmental governor grade graduate granary grandchild grandfather grandmother \
        grandparent grandson graph grassroots grievance group grow guard guidance guilty gulf gypsy habit hairdresser \
        half hamper hand handbook happen harassment hard hardship harmonize hawker hazard hazardous hear help helpdesk \
        herd herder hidden hike hinder hire hit holiday honest honey hope hospitalization hostage hotline hour hours \
        huge hundreds hurricane husband hybrid identify ideology idp ill illiteracy illiterate illustrate imf \
        immunization impairment impede implement implementation imports imprisonment improve improvement inactive \
        inadequate incapacity incentive include inconsistent increase independence independent indexing indicator \
        infant infographic infringement inherit inheritance inpatient insecure insolvency instead institute \
        insufficient insure insurer integrate intellectual intend intensive inter intergenerational intern internal \
        interpret interrupt intersectoral invalid investigate investment investor invoice involvement iron irrigate \
        islamic jail jobseeker join joint journalist journey judge judgment june justify key kidney kilogram kilometer \
        kin kindergarten kitchen lactation land landlord landmine landowner landslide language late lawyer layoff lazy \
        leakage lean left legislature legitimacy leisure lender lesson lessons level levy liable liberalization \
        library license lifeline lifetime lift limit line link linkage listen liter literate literature live lives \
        loan logistics lone longer look lose low lpg lump machine magistrate mail maintain maize major male man manage \
        manager mandate manure map march marginalization marginalized marketplace marriage masculine mathematics \
        matter measles measure measurement measures meat mechanic mechanism medicine medicines meet men mention \
        mentoring merchant merge merger merit meteorological meter method methodology metropolitan microenterprise \
        micronutrient mid midterm midwife migrate milestone milk miner mineworker minister ministers minor miscarriage \
        misconception misuse mitigate mix mobilize model moderate moderator modern modest modify monarchy monday \
        moneylender monitor monsoon mortgage mosque mosquito motivate motorcycle mudslide multipurpose multisectoral \
        muslim mutilation name narrative narrow ncd needs needy net news newsletter next ngo nine nomad \
        noncommunicable noncompliance nonpayment nonprofit norm notice notify notional nudge nurse nursery object \
        occupational occur october offence offer officer official offline oil online open oppose order organic \
        organize origin orphan orphanage outbreak outcome outline outpatient outside outskirts overdue overlap \
        overload overpayment overseas overtime owner package pact pad pandemic paper paperwork paradigm paradox \
        paragraph parameter parcel parliament partial participate partner passport password pastoralism pasture \
        patronage payg peace peasant peer penalize penalty pensioner percent percentage percentile performer peri \
        period permit persistence persistent person persuade petrol petroleum pharmacy phone photocopy photograph \
        physical physician picker picture pillar pilot pioneer plant player pledge pmt pneumonia pocket policyholder \
        policymaker politician politics polygamy portuguese positive poster postnatal postpone potato potential power \
        practice predictable prefer pregnant premises premium preschool preserve pressure preterm prevent price pride \
        primary principle prior prioritise prioritize prisoner private privatize prize problem procurement producer \
        product productivity professional profile profitable prohibit project prolong promise promote proof proposal \
        proposals prosecution protect protest protocol proud provide provident provider psychological publish pulse \
        pump punctual punish punishment pupil purchase purpose qualify qualitative quantitative quarantine quarter \
        quick racism rain rainy raise raising random range rape rapid rate rates ratify rationale rct rebuild recall \
        receipt receive reception recipient recognise recognize recommend recommendation recover recruit recruitment \
        recycler redistribute redistributive refer refugee refusal register regressive regulate rehabilitation \
        reimbursement reinforce reinsurance reject rejection relax relevance reliable reliance relief relocation \
        remain remedy remember remittance remote renew renewable renewal rent rental renter reopen repair repatriation \
        repayment repeat replace replacement report represent representative require requirement rescue resentment \
        resettlement reside residential resign resignation resist resource respondent responsible restart restrict \
        restrictions result retailer retain retiree return returnee reveal revenue reversal reverse review revive \
        reward rice rich rigid rise river road roadmap rollout roma roof room root royalties rubble rule rules rupee \
        safe saharan salt sample satisfy save scale scan schedule scope scorecard sdgs section secure see seek seismic \
        seizure select sell semester seminar send separate september serve settlement seven severance sex shape share \
        shoes shop short shortage show shut siblings side sign significant simplify sister size slide slum sme soap \
        soil soldier sole solve solvency solvent soon sooner soup sow spillover split spot spouse squander staff stamp \
        standardization standardize staple start statement status statute steel step stigma stigmatization stockout \
        stockpile storage store storm stranger strength strengthen strong structural student sub subject subsection \
        subsidize subsistence substantial substitute suburb sudden sue sufficiency sufficient sugar suitable sum \
        summarise summarize summer supplementary supplier surname survey survival survive survivor survivors \
        sustainable swap swear syllabus symposium symptom synergy tackle tailor talk tank tape target tariff task \
        taxpayer tea teach teacher team technical technician technological technology teenage teenager telework teller \
        template temporary temptation ten tender tenders tens tent term terminate terminology terrorism testimony text \
        therapy time tobacco toilet tool toolkit top totalization tourism town track trade trainee trainer translate \
        translation transparency trap travel tree trend trial tribe trigger trip truce true tuesday tuition turnover \
        tvet typhoon typology ubi uhc unavailable undermine undertake undue unfair unit update upper upward \
        urbanization use user usual utilization vacancy vaccine valid vat vegetable vehicle vendor verdict verify \
        veterinarian veterinary victim view visit visitor vitamin vocational voice void volcanic volcano voluntary \
        volunteer voucher wages wait waiter wallet want war waste weapon webinar website wheelchair wide widow wife \
        wildfire window winner wire woman worksite worsen write writer wrong xenophobia yield
        """
    static let french = """
        abordable aborder aboutir abrisme abroger absenteisme abus accaparement accelerer accent acceptabilite \
        acceptation accepter acces accessibilite accise accord accorder achat achats acheter achever acier acquis \
        actif activer activiste activite actualisation actualite actualites actuariel actuel adaptatif adaptative \
        adapte adapter additionnel adduction adequat adherer administrateur administratif administratifs \
        administratives administrer admissibilite admissible adulte aeroport affame affectee affecter affection \
        affirmer africain africaine agee agence aggraver agrement agricole agricoles agroalimentaire agrobusiness \
        aidant aider aigu aigue aimer aine aise ajout ajoutee ajouter ajuster albinisme alcool alea aleatoire alerte \
        alerter algorithme aligner aliment aliments alinea allegement alleger aller allocataire allouer alphabete \
        alphabetisation ambigu ambulant ameliore ameliorer amenagement amende amener americain ami amortir amour \
        analphabete analphabetisme analyser ancien ane annee annees annexe anniversaire annonce annoncer annuel \
        annuler anonymat anonyme anticipee antipersonnel anxiete aout apatride apatridie apercu apiculture appareils \
        appartenance appartenir appel appeler appels appli apporter appreciation apprecier apprenti apprises \
        approbation appui appuyer apte aptitude arbitrage arbre arbres archiver archives aride arme armee armees armes \
        arret arrete arreter arrieres arriver articulation ascendance ascension assiette assistanat assistant assiste \
        assister associer assujetti assumer assure assurer atelier atout attentat attenuation attirer attractif \
        attribuer audition augmentation augmenter aujourd aumone australe auto autocar autochtone autoconsommation \
        automatisation automatise automne automobile autonome autorisation autoriser avc avertir aveugle avocat avril \
        axe ayants balado bancarise bareme barrage barriere bas basculer basee bassin bateau batiment batir benefice \
        benefices beneficiaire beneficier benevolat benevole berger besoin besoins betail bibliotheque bilan billet \
        bimestriel biodiversite ble blesse blessure blocs blocus blogue bois bon bonifications bord bourg bourse bovin \
        branche bref brusque brut btp butane cache cachet caduc calcul calculer campagne candidatures canicule cantine \
        caoutchouc capacite capacites capitale capitalisation caprin caractere carbone carburants carence caribeen \
        caritative carriere carte catastrophes catastrophiques categorie categoriel causalite causer centaines centile \
        centralise cereale certificat certifier cesser chaine chainon chameau champ changements changer charbon \
        charrue charte chef cheptel cher chercher cherte chiffrage chiffre chinois chirurgicale choc choix chretien \
        cible cibler cinq cinquieme circonscription circonstance citation citer citoyen citoyennete civile clair \
        clandestin classe cle clientele clientelisme climat climatiques clinique cloture cofinancement cognitif coince \
        colere colis collaborer collation collecter collegue colloque colonialisme combats combinaison combiner \
        commencement commencer commis commissaire commun comparaison comparatif comparer compenser competences \
        competitif competitivite complementarite complet completer complexe complexite comportement comportemental \
        comporter composante comprehension compromis comptabilite comptable comptage compter concertation conclure \
        concorder concours concret concurrence concurrentiel condamnation confection conferencier confession confiance \
        confidentialite confidentiel confier confirmer conflit conformer conformite confrere confronter conges congres \
        conjoint conjugale consacrer conscience conscient conseil conseils consentement consequent conserver \
        considerer consolider consommation consommer constat constater constituer constitutionnel construire consulter \
        contexte contingence continu continuer contrainte contrebande contribuable contribuer contributif convaincre \
        convivial convoquer cooperer coresponsabilite corne corps correspondre corvee cote cotier cotiere cotisation \
        cotisations cotiser coton coupable cour cours couter coutume couture crainte creancier credibilite criteres \
        crue csu cuisine cuisiner cuisson cultivateur culturel cultures cumul cursus cybersecurite dab dattier debat \
        debut debuter decede deceder decembre decennie dechets decider decisionnel declarer declenchement declencher \
        decombres decourager decret decrire decrochage dedier dedommagement dedommager deduire defaillance defaut \
        defavorable defavorise defi deficience definies defunt degat dejeuner delai delegue deleguer delit demander \
        dematerialisation demence demi demission demuni denree denrees densite dent denutrition deparasitage depart \
        departement depasse dependance dependre depense depenser depenses deperdition depistage deplace deplacee \
        deploiement deposer depot dernier desaccord desagrege descolarisation descolarises descriptif designer \
        desincitation desirer dessous dessus detecter detenir detenu deteriorer determiner detruire detruit developpe \
        developper devise diabete dialyse diapositive diarrhee dictature differend differer difficile difficulte \
        difficultes diffuser diffusion digitale digitalisation diminuer diminution diplomate diplome directive \
        directives directrice directs diriger discours discriminer discuter disparition disparu dispense disperse \
        disponibilite dispositif disposition dissuader dissuasif distribuer divergence divers diversite dividende \
        diviser dix dixieme dizaines documentaire doleance domiciliaire dommage dot dotation douce douter douzaine \
        douze droit dromadaire durabilite durcir duree ebauche ecart ecarter echange echeance echeancier echec ecole \
        economiser economiste ecosysteme ecouter ecriture educatif eduquer effet efficace eftp egal eglise elaborer \
        elargie elargir electricien electricite electrique electromenager electronique elevage elevation eleve elever \
        eliminer elu emaciation emancipation embaucher emigre emplacement employabilite empreinte emprunt emprunter \
        enceinte encourager energetique energie engager englober enjeu enlevement enlever enqueter enregistrer enrichi \
        enseignants ensemble enteriner entier entiere entraide entrainer entrave entraver entree entrepot entreprise \
        entreprises entretien entrevue enumerer epargner epouse equilibre equipe equipement equite errone esclavage \
        espagnol esperer espoir essayer essence essentiel essentiels estime estimer estival estivale etablir etape \
        etranger etrangere etres etude etudes etudiants etudier europeen evacuer evaluer evenement eventail eviter \
        evoquer exact exactitude examiner excedent exceptionnel excision exclure exclusif executer execution exemple \
        exercer exercice exigence exiger exister exode exoneration experimentation experimenter expirer explication \
        exploiter explorer exportation exporter expose expression exprimer expulser externalisation externe extractif \
        extraction extrait extrant extraordinaire facile facilitateur faciliter facture facultatif faible faim faits \
        familiale fantome farine fatigue favoriser favoritisme feminin feminines fer ferme fermer fermier ferroviaire \
        fertilite fete feu fiabilite fiche fichier fichiers fictif fideliser fiduciaire fierte fievre filet fille fils \
        finale finalite financer financier financieres financiers fiscale fixe flambee flexibilite flou foi fonciers \
        fonction fond fondamental fondation fonder forage forestier foret formalisation formaliser formalites forme \
        formel formes formulaire formule formuler fort forte foule fourniture fournitures fourrage fracture fragmente \
        franchir freiner frequence frequentation frequenter frequentes frere freres froid fuir fumier futur gabarit \
        gages garantir garcon garder gardien gaspillage gaspiller gaz gel gele gelee geler gener generalisation \
        generalise generatrice generaux genitales gens gerer golfe goulet goulot gouter gpl grace graine grand grandir \
        grands gratification gratuits gravats gravite greve griefs gros grossesse guichet habitat habitation habiter \
        habitude habituel habous haine handicapee handicapes harcelement haricot harmonisation harmoniser haut hauts \
        hebdomadaire hebergement heberger heriter heterogene heterogeneite historique hiver hivernage homme hommes \
        homologue honte hopital horaire horizontale hospitalisation hospitalise hote hui huile huit humaines humains \
        hybride hydrocarbures hypothecaire hypotheque hypothese idee identifiant identite ile iles illustrer immediat \
        immediatement immense immigre immobilier immunisation impaye impayes implication importation importer \
        imposition impot imprevisibilite imprevu impunite inactif inadequat inadmissible inanition incapacite \
        incertain incertitude incitation incitative inclure inclusif incoherent indemnisation indemniser indemnite \
        independance indicateur indisponible individu individuel industrialise industriel inegal inegalite inegalites \
        inequitable infantile infecte infirmier infirmiere influencer influer informalite infraction infrastructures \
        initiale injuste inondation inquietude inscrire insecurite insertion insister insolvabilite instabilite \
        installation instauration instaurer instituer institut institutionnel instruction instruire insuffisance \
        insulaire insulaires integre integrer integrite intellectuel intensite intentionnel interdiction interesse \
        interet interets intergenerationnel interimaire interinstitutionnel interministeriel internat internationale \
        internationales interne interpretariat interrogee interroger intersectoriel intitule inverser investir inviter \
        irregulier irreguliere irriguer islamique isole isolement itinerance jalon jeu jeudi jeune jour juge \
        juridiction justificatif justificatives lac lacune lacunes lampant lancement lancer latino lavage laver lecon \
        lecons lecture legale legislateur legislatif legitime legitimite legumineuse levee lever liaison \
        liberalisation liberte licenciement licencier lien limitee limiter liquidation liquide lister litige \
        litteratie litterature livrable locale locative logements logiciel loisirs longitudinale louer loyer lundi \
        lunettes lutte lutter lycee magasin magistrat mai mains maintien maison maitrise majoration majorite malade \
        manger manifestation manioc manuel marchand marcher marches marge marginalisation marginalise mari mariage \
        marin mars masculin materiau materiel maternel maternelle matiere matin matinee maturite mecanicien mecanisme \
        mediane medias mediateur mediatheque medicale medicales medicament medicaments medicaux megapole membre menace \
        menacer menage menageres menagers mendicite mener menstruel menstruelle mensuel mentale mentionner mentorat \
        mer mercredi mere meritants merite mesurage mesure mesurer mesures metayer meteo meteorologique \
        meteorologiques methode metier metropole metropolitain meubles microassurance microentreprise micronutriment \
        migrations migrer milieu militaire militant mille milliard milliers minieres minimal minimale ministere \
        ministre ministres minorite misere mixte mobilier mobiliser mobilite modalite mode modele modelisation modere \
        moderne modification mois moisson mondial mondialisation monoparentale monopole monter mort mortalite morts \
        mosquee mot motiver mourir mousson mouton moyen multidimensionnel multiplicateur multisectoriel municipalite \
        mur mutation mutilations mutualisation mutuel mythe nappe nationalite naturel necessaire necessiter nefaste \
        negatif negociant negociation negocier neige nettoyage nettoyer neuf niebe nocturne noir nom nomade normaliser \
        norme normes notation noter notionnels nourrir nourrisson nourriture novateur novembre nuisible nul numeriques \
        numerisation nutritif nutritionnel obesite objectif objectifs objet obligataire obligatoire obseques \
        observateur occasion occuper octobre octroyer oeuf officiel offre offres offrir olivier onereux onze \
        operationnel orage orateur ordinaire ordinateur ordre ordures organiser organisme orienter origine orphelin \
        orphelinat otage ouest ouragan outil ovin pacte paix palme palmier paludisme panier panne papiers paquet \
        paradigme paradoxe paragraphe parametre parametrique parcours parentale parentalite parente paresse parler \
        parole parrainage partager partenariat parti participer particularite partiel parution passage passation \
        pastoralisme patrimoine patronale patronat paturage pauvre paye payer payes paysan paysanne penaliser penalite \
        penitentiaire penser pensionnat pensionne percee percu pere peres periode periurbain persistant persister \
        persuader perte pertes pertinence pertinent pervers peser petit petites petrole peuple phare phenomenes \
        philanthropie phreatique piece pied piege pillage pilote pire pisciculture plafond plage plaider plaidoyer \
        plainte plancher planetaire planification planter plateforme plateformes plein pluies plutot pluvial pluviale \
        pme poche poids poisson policier poliomyelite politicien pompe ponctuel ponderale pont populaire portable \
        portail porte portee porter positif posseder possibilite postnatals pot potager potentiel pouce pourcentage \
        praticien preaffectation prealable precaire precarite precedent precipitations precis precoce preconiser \
        preferer prefet prejudices prejudiciable prelevement prelever premiers prenante prenatale prenatals \
        preoccupation preoccuper preparer prepayee prescrit preserver presse pression prestation pret preter \
        previsibilite prevoir prevoyance pris prise privation privatisation privatiser prive privee probabilite \
        probantes probants probleme proces processus prochain procuration productivite produits profil profiter \
        profond programmation progressif progressivement prohiber projet prolonger promesse promulguer propager \
        propice proposition propositions propre propriete proroger protestation prothese protocole proximite puits \
        punir punition qualification qualitatif qualite quarantaine quarante quart quartier quatrieme quinze quitter \
        quotidien racisme radier raison ramassage randomise rapide rappeler rapport rarement reactif readaptation \
        reagir realisable realisation realisees realiser realite reassurance recenser recepisse recevoir rechange \
        rechercher recit reclamation reclamer recolte recolter recommandation recommander recompense recompenser \
        reconstruire recrutement recruter recue recul recule reculer redaction reddition redevabilite redevance \
        redevances rediger redistribuer redistributif redoubler reduire reeducation reel reevaluation referent \
        reflexion reformer refus refuser regarder regime regle reglementation reglementer regler regressif reguler \
        regulier rein reinsertion reinstallation rejet rejeter relance relancer relevement relever relocalisation \
        remede remontee remplacement remplacer rencherir rendez renforcer rentabilite reorientation repandu \
        repartition repas repercussion reperer repete repeter reponse reporter repos representant representer reprise \
        reproduction rescape reseau resider resilier resister respecter responsabilite ressentiment ressource \
        restauration rester resultat resultats resumer retard retarder retenir retirer retour retroaction \
        revalorisation reve reveler rever revers reviser revue rigide riviere riz rom roms ronde rougeole rue rues \
        rupture rurale russe sage sahelien sain saison salariale salle salubre sang satellitaires satisfaire satisfait \
        savoir schema scolarisation scolarises scolarite scrutin seance seche secheresse secours secret secretaire \
        securise seisme sejour selectionner semaine semblable semence semer semestriel semis separer sept seul sexe \
        sexes sexiste sexuel sexuelle sexuelles siecle sig signaler signe signer significatif sinistre sismique smic \
        societale societe societes socle soin soldat solide solitude solliciter sols solvabilite solvable sondage \
        sorgho sort sorte sortir soudain soulager soumis soumission souple sourd specialiste sportif stabilisation \
        stabilite stade statut stigmate stigmatisation stimuler stockage strategique structurel subsistance \
        substantiel substituer subventionner succes succession succursale suggerer sujet suppression supprimer \
        surcharge surete surpeuple surpoids surtout surveillance survivante survivants sylviculture symptome syndicale \
        syndicalisation syndicaliste syndicat synthese synthetiser tabac tabagisme tableau taches tard tarif \
        tarification taudis taxe taxer technicien telechargement telecharger teletravail temoignage temoin tempete \
        temps tendance tenir tentation tentative tente tenter termes terminer terres terrien territoriale terrorisme \
        terroriste tete texte theorie theorique thimo tiers tirage tire tirer tires titre titulaire toit toiture \
        tomber tot totalisation tourisme traditionnel traduction traduire traiter trajet transferabilite transferer \
        transfrontalier transmissible transparence transports traumatisme traverser trente tresor treve triangulaire \
        trimestriel tripler tropicale tsigane tuberculose tutelle tva typhon unies unifier uniformiser unite \
        universitaire universite urbain urbanisation urgence usage usager usages usine usure usurier utile utilisation \
        utiliser utilite vacances vacant vaccin vache vague valable valide vallee varier variete vaste vehicule velo \
        vendredi vente ventilation ventile ventilees verifier verite verser vert verte verticale vetement veterinaire \
        veuf veuvage viabilite viable viande victime vies vigile villageoise ville vin vingt vingts viol viser \
        visibilite visite visiter vitale vol voler volet voulu vue vulgarisation webinaire
        """
    static let spanish = """
        abril abrir accesible accidente aceite acoger actitud adaptable adecuacion admision adquirir aduana adulto \
        adverso advertir afiche agentes agregar agricultor agroecologia agroindustria agroindustrial agropecuario \
        ajuste ajustes alcalde alcance aldea algodon alianza alinear almacen alquiler alternativa alubia alud aludir \
        alza ambiental ambiente ambulante amigo amor ampliar ancho anexo angustia anticipatoria antiguo antipersonal \
        antirretroviral anual anular apagon apendice apicultura aporte aportes aptitud arancel aranceles arbol arboles \
        archivar archivo arguir arquitectura arroz articulacion articulo artista asamblea ascenso asequible asesor \
        asignar aspecto asumir ataque atender atenuacion atenuar atipicas atraer atraso aula ausente austral \
        autoempleo autoestima autor aves aviso azaque azucar bachillerato bancaria barato barco baremo barrera \
        bastante basura beca bibliografia bicicleta bienes bienvenida billete billetera bimestral biodiversidad \
        biometria biometrico bloqueo bloques bodega boletin bomba bombardeo bosque botella breve brindar brote buena \
        buque burro bursatil buscar cabo cadena caer calcular calefaccion calor campo cancelar canje cantina capaz \
        carburante carcel carestia cargo carne carpa carrera cartel cartilla castigar castigo catastrofe categoria \
        categorica categorico caucho causa causahabientes cedula celular censal cesantia chacra charla chelin chequeo \
        chica choque ciclon cien cierre cifra clase clases clausula clausura clave cliente clima clinica codigo \
        coincidir colera combates combatir comedor comer comercial comestible comision compartir complejo compra \
        comprender comprension comprobante comprometerse compromiso comun comunal concebir conceder concepto concluir \
        concurrir conducir conducta conductual conexion confesional confiable confianza confidencial conforme \
        consciente consecucion consejo consenso conservar considerar consigna constitucion constituir construir \
        consulta consultar consultor consumidor consumir contable continente continua continuar continuo contraparte \
        contribuir contribuyente controversia convencer conyuge coordinar copia corazon corral corte cosecha cosechar \
        cosechas coste costear costera costumbre costurera cotizante crear creible crianza critica criticar cruce \
        cuestion culpable cumplir cupon curatela dactilar dar datilera debatir deber debil decil decisiones decomiso \
        defensor defuncion demanda demandante demora depender deporte depresion derrumbe descender describir desear \
        desfavorable desglose desnutricion despedir despliegue destruir detalle detener determinante detonante deudor \
        devolucion devolver dia diagrama dialisis diciembre diente diez diferente dificil dificultad dificultades \
        difusion digitales digno dimision directa directriz dirigente dirigir discontinua discrepancia discusion \
        disminuir disperso disposicion disputa distinto distribuir disuadir diversidad diverso dividir divulgar doblar \
        doble doce dolar dolor domestica domesticas domiciliaria donante donantes dos drogadiccion eficaz eje ejercer \
        elector elegible embalse emigrante emisiones empleador empleadores emplear emprender empujon endurecer enfasis \
        enfermera enlace enojo ensayo entregable envio epidemia erupcion escoger estable estatus estres etapa etiqueta \
        etnia europea europeo evaluar eventual exactitud excluir excombatiente exencion exigir existente existir \
        expandir expectativa explotar exponer expresion extender extensa exterior externa extraer extraordinarias \
        extremo fabricar facil factible factura falla fallar fallecer fallo falso falta faltante familia fantasma fase \
        favorecer favoritismo fecha femenina feminista feria ferrocarril fertilizante ficha fiebre fiesta fija fijo \
        fila finiquito forestal forma formulador formular foro forraje forzoso foto fotocopia fotografia fragil \
        frances frente frijol frontera fruta fuerte funcion futuro gabinete gafas galardon gallina gama ganar garrafa \
        gasolina gastar gente geoespacial gerente gestante gestionar gestor gira giro glp golfo golpe gratis gratuita \
        guardia gubernamental guerra guia habitante habitual hacer hallar hambre harina hectarea hermana higiene hija \
        hipertension hipotesis hombre hombres homologar homologo hoy huella huir hurto ictus ideologia idioma igual \
        ilegal imagen imagenes impedir imponible imprescindible impulsor incertidumbre incidir incluir incoherente \
        inconveniente indigente individuo industria inelegible inferior inflexion influir informe infraccion ingles \
        inicial inmediato inmigrante innovacion innovador inquietud inquilino inscribir inscribirse insercion insignia \
        inspeccion institucion instituir instruir insuficiente insular insulares insumo interes intereses interna \
        interrumpir intersectorial intervalo intervencion intimidad intocable introducir inversion inversionista \
        inversor invertir ira isla itinerante jabon jefe joven jubilatoria jueves juez justificante juventud kilometro \
        lactancia lactante lacteo lago laguna langosta larga largo latinoamerica lavar leche leer lema lengua lentes \
        letrina ley libra libro liceo lider liderazgo limpia limpiar linea linguistica liquidez lista literatura \
        litoral litro logotipo logro lombriz loteria lucha luchar lucro luz madera madre magnitud magreb maiz mala \
        malnutricion malo maltrato mandato manta mantener manufacturera mapa mapeo marcha maremoto marginal maritimo \
        martes matematicas materia materna materno matricula matriculacion matricular mayo mediana medidor medir mejor \
        memoria menor mensual mercader meses metaanalisis metropoli mezcla mezquita micronutriente microseguro \
        microsimulacion miercoles migrante mijo millares millon mineria miseria mision moderna monarquia monitorear \
        monitoreo monoparental monto monzon mora morir mosquitero motocicleta muchedumbre muebles muerte mujer \
        multisectorial multitud mutua mutuo nacer naturales negar negro neumonia nieve ninis nivel noche nomina \
        notarial nueve obstante obtener ocho octubre ocurrir ods oeste oir ola olla opcion operacion operar opinar \
        opiniones optimo orden orfanato origen oveja padecer padre padres padron pais paliar palma pan papa papel \
        papeleo paquete paradigma parcial pared pares pariente parrafo parte participar parvularia pasante pastizal \
        paterna patron pauta paz pea pedir pelicula peligro peligroso penuria peon peor percentil percepcion perceptor \
        percibir perder perdurable perfil permiso persecucion persona personales perspectiva persuadir pertinente \
        petroleo pez pie piloto piscicultura plaga plana planear planilla plantilla plazo pobre poder poliomielitis \
        pollo polucion ponderal poner portugues porvenir poseer posible posnatal postergar potencial pozo practicante \
        precoz predecible predial preescolar prematuro prensa prepago presion pretender prevencion prever previsional \
        primavera primer prision productor profesion profesional profesor progenitor prohibir prolongar prometer \
        promocion promotor promover promulgar propia prorrogar proseguir protocolo proveedor puntual pyme querer \
        quiebre quince quintil raiz rama rango rapidez rasgo rastrear rastreo ratificar raza razon razonables reajuste \
        reanudar reaseguro receptor recesion reclamante recoger recolector reconstruir recopilar recorte redactor \
        redistribuir reembolsar reembolso reemplazo reforzar refuerzo regalo regar regimen regla regresion rehen \
        reinsercion relacion relato remesa remision remitir remoto renovable reparacion reparar repartidor reparto \
        repente repercusion repeticion repetir reporte resarcir rescate rescindir residencial resiliente resolver \
        responde responder restaurante restriccion restringir resumen resumir retener retraso retribucion revelar \
        revertir rey riego riesgoso riqueza robo rol romani romper ropa rupia ruso ruta rutina saber saheliano sal \
        salir saludable sancion sangre saqueo sarampion sastre satelitales satelite satisfaccion satisfacer sede seis \
        semana semanal semejante semestral semilla septiembre sesgo sesion sexo siete silla silvicultura simulacion \
        sindical sinergia singular siniestro sintoma sitio sobrevivir socorro solicitante solicitud solicitudes \
        soltera solucion solvente sondeo sorgo sorteo sosten sostener sostenible subempleo subvencion suceder sucesion \
        sucursal sudeste sufrir sugerir suma superavit supervisar superviviente supervivientes suspender sustentable \
        sustituir tabla talla tardanza tarde tarifa tecnologia tema temblor temer temor temperatura tempestad temprana \
        terapia terrateniente terremoto textil tierra tifon tipo tipologia titulo toalla toma tontina tope traer \
        tramite tramites trampa transferir transmisible transmision transparente transporte treinta tren tributaria \
        trigo trimestral tripartito triplicar tutela ultimo ultramar umbral unica unificar unirse universidad urbe \
        urgente usar uso usura usurero util vacante vale valer valle valor valores variar vasto veces vegetal veinte \
        vencer vender ver vestir vez victima viernes vigente vigilante vigor vinculante visitante viudez viven viveres \
        vivir volumen volverse votante voto voz
        """
}
